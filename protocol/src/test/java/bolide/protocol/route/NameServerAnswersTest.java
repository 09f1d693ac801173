package bolide.protocol.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of brokers and topics, data versions and queues. */
class NameServerAnswersTest {
    private static final ClusterInfo CLUSTER =
            new ClusterInfo(
                    List.of(
                            new BrokerData(
                                    "C1",
                                    "bk",
                                    new TreeMap<>(
                                            Map.of(0L, "10.1.1.1:10911", 1L, "10.1.1.2:10911")))));

    @ParameterizedTest
    @CsvSource({"BARE, route/cluster-info-bare.json", "QUOTED, route/cluster-info-quoted.json"})
    void shouldReadAndWriteBrokers(MapKeys keys, String file) {
        // when, then
        assertThat(ClusterInfo.decode(Golden.body(file))).isEqualTo(CLUSTER);
        assertThat(Golden.text(CLUSTER.encode(keys))).isEqualTo(Golden.text(file));
    }

    @Test
    void shouldWriteWhoBearsABrokersName() {
        // given
        BrokerMembers members =
                new BrokerMembers("C1", "a", new TreeMap<>(Map.of(0L, "127.0.0.1:31001")));

        // when, then
        assertThat(Golden.text(members.encode(MapKeys.BARE)))
                .isEqualTo(
                        "{\"brokerMemberGroup\":{\"brokerAddrs\":{0:\"127.0.0.1:31001\"},"
                                + "\"brokerName\":\"a\",\"cluster\":\"C1\"}}");
    }

    @Test
    void shouldTellOfALowestIdAsItWasFoundOnTheWire() {
        // given
        Fields come =
                Fields.builder()
                        .put("minBrokerId", "0")
                        .put("minBrokerAddr", "127.0.0.1:31010")
                        .put("haBrokerAddr", "127.0.0.1:31010/ha")
                        .build();
        Fields gone =
                Fields.builder()
                        .put("minBrokerId", "1")
                        .put("minBrokerAddr", "127.0.0.1:31011")
                        .put("offlineBrokerAddr", "127.0.0.1:31010")
                        .build();

        // when, then
        assertThat(new MinBrokerChange(0, "127.0.0.1:31010", "", "127.0.0.1:31010/ha").encode())
                .isEqualTo(Frame.request(905, come));
        assertThat(new MinBrokerChange(1, "127.0.0.1:31011", "127.0.0.1:31010", "").encode())
                .isEqualTo(Frame.request(905, gone));
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadBackTheBrokersItWrites(MapKeys keys) {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    Map<String, BrokerData> brokers = new LinkedHashMap<>();
                    for (int left = seeded.below(5); left > 0; left--) {
                        BrokerData broker = TopicRouteTest.seededBroker(seeded);
                        brokers.put(broker.brokerName(), broker);
                    }
                    ClusterInfo info = new ClusterInfo(List.copyOf(brokers.values()));

                    // when, then
                    assertThat(ClusterInfo.decode(info.encode(keys))).isEqualTo(info);
                });
    }

    @Test
    void shouldListEachClustersBrokersOnceAndInOrder() {
        // given
        ClusterInfo info =
                new ClusterInfo(
                        List.of(
                                new BrokerData("C2", "b3", new TreeMap<>()),
                                new BrokerData("C1", "b2", new TreeMap<>()),
                                new BrokerData("C1", "b1", new TreeMap<>())));

        // when, then
        assertThat(Golden.text(info.encode(MapKeys.QUOTED)))
                .endsWith("\"clusterAddrTable\":{\"C1\":[\"b1\",\"b2\"],\"C2\":[\"b3\"]}}");
    }

    @Test
    void shouldReadAndWriteTopics() {
        // given
        TopicList list = new TopicList(List.of("Orders", "T"), "10.1.1.1:10911");
        TopicList plain = new TopicList(List.of("Orders", "T"), "");

        // when, then
        assertThat(TopicList.decode(Golden.body("route/topic-list.json"))).isEqualTo(list);
        assertThat(TopicList.decode(Golden.body("route/topic-list-plain.json"))).isEqualTo(plain);
        assertThat(Golden.text(list.encode())).isEqualTo(Golden.text("route/topic-list.json"));
        assertThat(Golden.text(plain.encode()))
                .isEqualTo(Golden.text("route/topic-list-plain.json"));
    }

    @Test
    void shouldReadBackTheTopicsItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    TopicList list = new TopicList(seeded.list(20, seeded::text), seeded.text());

                    // when, then
                    assertThat(TopicList.decode(list.encode())).isEqualTo(list);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"topicList\":{}}", "{\"brokerAddrTable\":[]}", "{"})
    void shouldRefuseWhatIsNoList(String body) {
        // when, then
        if (!body.contains("topicList")) {
            assertThatThrownBy(() -> ClusterInfo.decode(Golden.utf8(body)))
                    .isExactlyInstanceOf(InvalidRequestException.class);
        }
        if (!body.contains("brokerAddrTable")) {
            assertThatThrownBy(() -> TopicList.decode(Golden.utf8(body)))
                    .isExactlyInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void shouldReadAndWriteDataVersions() {
        // given
        DataVersion version = new DataVersion(0, 1700000000000L, 3);
        JsonWriter json = new JsonWriter();

        // when
        version.write(json);

        // then
        assertThat(json).hasToString(Golden.text("route/data-version.json"));
        assertThat(JsonBody.read(Golden.body("route/data-version.json"), "", DataVersion::read))
                .isEqualTo(version);
        assertThat(JsonBody.read(Golden.utf8("null"), "", DataVersion::read))
                .isEqualTo(DataVersion.NONE);
        assertThat(version.next(1700000000005L)).isEqualTo(new DataVersion(0, 1700000000005L, 4));
    }

    @Test
    void shouldReadAndWriteQueues() {
        // given
        MessageQueue queue = new MessageQueue("Orders", "bk", 1);
        JsonWriter json = new JsonWriter();

        // when
        queue.write(json);

        // then
        assertThat(json).hasToString(Golden.text("route/message-queue.json"));
        assertThat(JsonBody.read(Golden.body("route/message-queue.json"), "", MessageQueue::read))
                .isEqualTo(queue);
    }

    @Test
    void shouldSortQueuesByTopicThenBrokerThenNumber() {
        // given
        List<MessageQueue> sorted =
                List.of(
                        new MessageQueue("A", "b", 2),
                        new MessageQueue("A", "b", 10),
                        new MessageQueue("A", "c", 1),
                        new MessageQueue("B", "a", 0));
        List<MessageQueue> shuffled = new ArrayList<>(sorted);
        Collections.reverse(shuffled);

        // when
        Collections.sort(shuffled);

        // then
        assertThat(shuffled).isEqualTo(sorted);
    }
}
