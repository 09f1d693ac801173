package bolide.protocol.group;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.Language;
import bolide.protocol.route.DataVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Settings of consumer groups, and what tools are told of groups. */
class GroupConfigTest {
    private static final GroupConfig FULL =
            new GroupConfig(
                    "G",
                    false,
                    true,
                    true,
                    false,
                    3,
                    16,
                    new RetryPolicy(
                            RetryPolicy.EXPONENTIAL,
                            Optional.of(new RetryPolicy.Exponential(1000, 9000, 3)),
                            Optional.of(List.of(1000L, 2000L))),
                    2,
                    1,
                    true,
                    0,
                    15,
                    List.of(new ConfiguredSubscription("Orders", "TAG", "TagA", 7)),
                    Map.of("+priority.factor", "5"));

    @Test
    void shouldReadAndWriteWhatApacheWrites() {
        // when
        GroupConfig usual = GroupConfig.decode(Golden.body("group/group-config.json"));
        GroupConfig full = GroupConfig.decode(Golden.body("group/group-config-full.json"));

        // then
        assertThat(usual).isEqualTo(GroupConfig.of("G"));
        assertThat(full).isEqualTo(FULL);
        assertThat(Golden.text(usual.encode())).isEqualTo(Golden.text("group/group-config.json"));
        assertThat(Golden.text(full.encode()))
                .isEqualTo(Golden.text("group/group-config-full.json"));
    }

    @Test
    void shouldTakeNullsAndAbsentKeysForDefaults() {
        // when
        GroupConfig group =
                GroupConfig.decode(
                        Golden.utf8(
                                "{\"groupName\":\"G\",\"attributes\":null,\"retryMaxTimes\":null,"
                                        + "\"groupRetryPolicy\":null,\"subscriptionDataSet\":null,"
                                        + "\"liteBindTopic\":{}}"));

        // then
        assertThat(group).isEqualTo(GroupConfig.of("G"));
    }

    @Test
    void shouldReadBackListsOfGroups() {
        // given
        List<GroupConfig> groups = List.of(FULL, GroupConfig.of("H"));

        // when, then
        assertThat(GroupConfig.decodeList(GroupConfig.encodeList(groups))).isEqualTo(groups);
        assertThat(GroupConfig.encodeList(groups).code()).isEqualTo(225);
    }

    @Test
    void shouldReadAndWriteTheTableThatApacheWrites() {
        // given
        TreeMap<String, SortedSet<String>> forbidden = new TreeMap<>();
        forbidden.put("G", new TreeSet<>(Set.of("Orders")));
        GroupTable table =
                new GroupTable(
                        new DataVersion(0, 1700000000000L, 3),
                        List.of(GroupConfig.of("G")),
                        forbidden);

        // when, then
        assertThat(GroupTable.decode(Golden.body("group/group-table.json"))).isEqualTo(table);
        assertThat(Golden.text(table.encode())).isEqualTo(Golden.text("group/group-table.json"));
    }

    @Test
    void shouldReadDeletionsOfAllVersions() {
        // when, then
        assertThat(deletion("cleanOffset", "true")).isEqualTo(new DeleteGroups(List.of("G"), true));
        assertThat(deletion("removeOffset", "true"))
                .isEqualTo(new DeleteGroups(List.of("G"), true));
        assertThat(deletion("cleanOffset", "false"))
                .isEqualTo(new DeleteGroups(List.of("G"), false));
        Seeded.forEach(
                100,
                seeded -> {
                    DeleteGroups several =
                            new DeleteGroups(seeded.list(5, seeded::text), seeded.coin());
                    assertThat(DeleteGroups.decodeList(several.encodeList())).isEqualTo(several);
                });
    }

    private static DeleteGroups deletion(String field, String value) {
        Fields fields = Fields.builder().put("groupName", "G").put(field, value).build();
        return DeleteGroups.decode(Frame.request(207, fields));
    }

    @Test
    void shouldTellAskingFromForbidding() {
        // given
        Fields asked = Fields.builder().put("group", "G").put("topic", "Orders").build();
        Fields forbidden =
                Fields.builder()
                        .put("group", "G")
                        .put("topic", "Orders")
                        .put("readable", false)
                        .build();

        // when
        GroupTopic.Reading asking = GroupTopic.Reading.decode(Frame.request(353, asked));
        GroupTopic.Reading forbidding = GroupTopic.Reading.decode(Frame.request(353, forbidden));

        // then
        assertThat(asking.readable()).isEmpty();
        assertThat(forbidding.readable()).contains(false);
        assertThat(Golden.text(asking.of().encodeReading(true)))
                .isEqualTo("{\"group\":\"G\",\"readable\":true,\"topic\":\"Orders\"}");
        assertThat(Golden.text(asking.of().encodeSubscription(Optional.empty())))
                .isEqualTo("{\"group\":\"G\",\"topic\":\"Orders\"}");
    }

    @Test
    void shouldWriteWhoIsOnlineAsApacheDoes() {
        // given
        ClientConnection client = new ClientConnection("cid", "1.2.3.4:5", Language.JAVA, 479);
        TreeMap<String, List<ProducerTable.Producer>> producers = new TreeMap<>();
        producers.put("P", List.of(new ProducerTable.Producer(client, 1)));

        // when, then
        assertThat(Golden.text(new ProducerTable(producers).encode()))
                .isEqualTo(
                        "{\"data\":{\"P\":[{\"clientId\":\"cid\",\"language\":\"JAVA\","
                                + "\"lastUpdateTimestamp\":1,\"remoteIP\":\"1.2.3.4:5\","
                                + "\"version\":479}]}}");
        assertThat(Golden.text(new ProducerConnections(List.of(client)).encode()))
                .isEqualTo(
                        "{\"connectionSet\":[{\"clientAddr\":\"1.2.3.4:5\",\"clientId\":\"cid\","
                                + "\"language\":\"JAVA\",\"version\":479}]}");
        assertThat(GroupNames.decode(GroupNames.encode(List.of("G", "H"))))
                .containsExactly("G", "H");
    }
}
