package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.ConfiguredSubscription;
import bolide.protocol.group.DeleteGroups;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.GroupNames;
import bolide.protocol.group.GroupTable;
import bolide.protocol.group.RetryPolicy;
import bolide.protocol.group.Subscription;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.route.TopicList;
import bolide.store.commitlog.FlushPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tools do with consumer groups, and what they find of them while nobody is online.
final class GroupAdminTest {
    private static final GroupConfig EVERYTHING =
            new GroupConfig(
                    "G",
                    false,
                    false,
                    false,
                    true,
                    3,
                    5,
                    new RetryPolicy(
                            RetryPolicy.EXPONENTIAL,
                            Optional.of(new RetryPolicy.Exponential(1, 2, 3)),
                            Optional.of(List.of(4L, 5L))),
                    6,
                    7,
                    false,
                    1,
                    8,
                    List.of(new ConfiguredSubscription("T", "TAG", "a", 9)),
                    Map.of("priority.factor", "10"));

    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void reopen() {
        broker.close();
        open();
    }

    private Frame put(String json) {
        return broker.ask(
                Frame.request(
                        RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP,
                        Fields.NONE,
                        BrokerHarness.bytes(json)));
    }

    private static String text(ByteBuffer body) {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }

    private GroupConfig config(String group) {
        Frame answer = broker.ask(RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, "group", group);
        assertThat(answer.code()).isZero();
        return GroupConfig.decode(answer.body());
    }

    private boolean isKnown(String group) {
        int code = broker.ask(RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, "group", group).code();
        assertThat(code).isIn(0, 26);
        return code == 0;
    }

    @Test
    void shouldGiveBackAGroupAsItWasMade() {
        // when
        Frame answer = put(text(EVERYTHING.encode()));

        // then
        assertThat(answer.code()).isZero();
        assertThat(config("G")).isEqualTo(EVERYTHING);
        reopen();
        assertThat(config("G")).isEqualTo(EVERYTHING);
        assertThat(isKnown("H")).isFalse();
    }

    @Test
    void shouldKeepAttributesThatAreNotNamed() {
        // given
        put(text(EVERYTHING.encode()));

        // when
        put("{\"groupName\":\"G\",\"attributes\":{\"+lite.sub.model\":\"Shared\"}}");

        // then
        assertThat(config("G"))
                .isEqualTo(
                        GroupConfig.of("G")
                                .withAttributes(
                                        Map.of(
                                                "priority.factor",
                                                "10",
                                                "lite.sub.model",
                                                "Shared")));
        put("{\"groupName\":\"G\",\"attributes\":{\"-lite.sub.model\":\"\"}}");
        assertThat(config("G").attributes()).isEqualTo(Map.of("priority.factor", "10"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"groupName\":\"a@b\"}",
                "{\"groupName\":\"G\",\"retryQueueNums\":-1}",
                "{\"groupName\":\"G\",\"retryQueueNums\":100000}",
                "{\"groupName\":\"G\",\"retryMaxTimes\":-2}",
                "{\"groupName\":\"G\",\"groupRetryPolicy\":{\"type\":\"SOME\"}}",
                "{\"groupName\":\"G\",\"attributes\":{\"+unheard.of\":\"1\"}}"
            })
    void shouldRefuseAGroupThatCannotBe(String json) {
        // when
        Frame answer = put(json);

        // then
        assertThat(answer.code()).isEqualTo(29);
        assertThat(answer.remark()).isNotEmpty();
        assertThat(isKnown("G")).isFalse();
    }

    @Test
    void shouldRefuseSettingsThatFillTheLog() {
        // when
        Frame answer =
                put(
                        "{\"groupName\":\"G\",\"subscriptionDataSet\":[{\"topic\":\""
                                + "x".repeat(20_000)
                                + "\"}]}");

        // then
        assertThat(answer.code()).isEqualTo(29);
        assertThat(answer.remark()).contains("at most 16384");
    }

    @Test
    void shouldMakeSeveralGroupsOrNone() {
        // given
        GroupConfig good = GroupConfig.of("Good");

        // when
        Frame refused =
                broker.ask(GroupConfig.encodeList(List.of(good, GroupConfig.of("no name"))));

        // then
        assertThat(refused.code()).isEqualTo(29);
        assertThat(isKnown("Good")).isFalse();
        assertThat(broker.ask(GroupConfig.encodeList(List.of(good, EVERYTHING))).code()).isZero();
        assertThat(table().groups()).containsExactly(EVERYTHING, good);
    }

    private GroupTable table() {
        return GroupTable.decode(broker.ask(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG).body());
    }

    @Test
    void shouldShowAllGroupsAtOnceOrInParts() {
        // given
        broker.ask(
                GroupConfig.encodeList(
                        List.of(GroupConfig.of("A"), GroupConfig.of("B"), GroupConfig.of("C"))));

        // when
        Frame all = broker.ask(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG);
        Frame part =
                broker.ask(
                        RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG,
                        "groupSeq",
                        "1",
                        "maxGroupNum",
                        "1");

        // then
        assertThat(all.fields().number("totalGroupNum")).isEqualTo(3);
        assertThat(part.fields().number("totalGroupNum")).isEqualTo(3);
        assertThat(GroupTable.decode(part.body()).groups()).containsExactly(GroupConfig.of("B"));
    }

    @Test
    void shouldMoveTheVersionWithEveryChange() {
        // given
        long before = table().version().counter();

        // when
        put("{\"groupName\":\"G\"}");
        long made = table().version().counter();
        broker.ask(RequestCode.DELETE_SUBSCRIPTIONGROUP, "groupName", "G");

        // then
        assertThat(made).isEqualTo(before + 1);
        assertThat(table().version().counter()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cleanOffset", "removeOffset"})
    void shouldDeleteAGroupWithItsOffsetsOrWithoutThem(String field) {
        for (boolean cleans : new boolean[] {false, true}) {
            // given
            consume("G", "T");

            // when
            Frame answer =
                    broker.ask(
                            RequestCode.DELETE_SUBSCRIPTIONGROUP,
                            "groupName",
                            "G",
                            field,
                            "" + cleans);

            // then
            assertThat(answer.code()).isZero();
            for (int life = 0; life < 2; life++) {
                assertThat(isKnown("G")).isFalse();
                assertThat(committed("G", "T")).isEqualTo(cleans ? 22 : 0);
                assertThat(groupsOf("T")).hasSize(cleans ? 0 : 1);
                reopen();
            }
        }
    }

    /// A member subscribes to the topic, commits an offset and leaves.
    private void consume(String group, String topic) {
        broker.send(topic, 0, "x", "");
        FakeClient member = new FakeClient(9);
        broker.ask(member, BrokerHarness.heartbeat("c", group, Subscription.ofTags(topic, "*", 1)));
        assertThat(broker.ask(member, new CommitOffset(group, topic, 0, 1).encode()).code())
                .isZero();
        broker.closed(member);
    }

    private int committed(String group, String topic) {
        return broker.ask(
                        RequestCode.QUERY_CONSUMER_OFFSET,
                        "consumerGroup",
                        group,
                        "topic",
                        topic,
                        "queueId",
                        "0",
                        "setZeroIfNotFound",
                        "false")
                .code();
    }

    private List<String> groupsOf(String topic) {
        return GroupNames.decode(
                broker.ask(RequestCode.QUERY_TOPIC_CONSUME_BY_WHO, "topic", topic).body());
    }

    private Collection<String> topicsOf(String group) {
        return TopicList.decode(
                        broker.ask(RequestCode.QUERY_TOPICS_BY_CONSUMER, "group", group).body())
                .topics();
    }

    @Test
    void shouldDeleteSeveralGroupsOrNone() {
        // given
        consume("G", "T");
        consume("H", "T");

        // when
        Frame refused = broker.ask(new DeleteGroups(List.of("G", " "), true).encodeList());

        // then
        assertThat(refused.code()).isEqualTo(29);
        assertThat(isKnown("G")).isTrue();
        assertThat(broker.ask(new DeleteGroups(List.of("G", "H", "I"), true).encodeList()).code())
                .isZero();
        reopen();
        assertThat(table().groups()).isEmpty();
        assertThat(groupsOf("T")).isEmpty();
    }

    @Test
    void shouldListWhatGroupsSubscribeToWhileNobodyIsOnline() {
        // given
        broker.send("T", 0, "x", "");
        broker.send("U", 0, "x", "");
        FakeClient member = new FakeClient(9);
        broker.ask(
                member,
                BrokerHarness.heartbeat(
                        "c",
                        "G",
                        Subscription.ofTags("T", "a || b", 1),
                        Subscription.ofTags("U", "*", 1),
                        Subscription.ofTags("NotThere", "*", 1),
                        Subscription.ofTags("%RETRY%G", "*", 1)));
        assertThat(subscription("G", "T")).contains("\"subString\":\"a || b\"");

        // when
        broker.closed(member);

        // then
        for (int life = 0; life < 2; life++) {
            assertThat(topicsOf("G")).containsExactly("T", "U");
            assertThat(groupsOf("T")).containsExactly("G");
            assertThat(groupsOf("NotThere")).isEmpty();
            assertThat(subscription("G", "T")).doesNotContain("subString");
            reopen();
        }

        // when
        broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T");

        // then
        assertThat(topicsOf("G")).containsExactly("U");
        broker.ask(RequestCode.DELETE_SUBSCRIPTIONGROUP, "groupName", "G");
        assertThat(groupsOf("U")).isEmpty();
        reopen();
        assertThat(topicsOf("G")).isEmpty();
        assertThat(groupsOf("U")).isEmpty();
    }

    private String subscription(String group, String topic) {
        return text(
                broker.ask(
                                RequestCode.QUERY_SUBSCRIPTION_BY_CONSUMER,
                                "group",
                                group,
                                "topic",
                                topic)
                        .body());
    }

    @Test
    void shouldKeepWhatWasAnsweredOverACrash(@TempDir Path crashed) throws IOException {
        // given
        broker.send("T", 0, "x", "");
        put(text(EVERYTHING.encode()));
        broker.ask(BrokerHarness.heartbeat("c", "H", Subscription.ofTags("T", "*", 1)));
        broker.ask(
                RequestCode.UPDATE_AND_GET_GROUP_FORBIDDEN,
                "group",
                "G",
                "topic",
                "T",
                "readable",
                "false");

        // when
        copyTo(crashed);

        // then
        broker.close();
        broker = new BrokerHarness(crashed, FlushPolicy.SYNC);
        assertThat(config("G")).isEqualTo(EVERYTHING);
        assertThat(groupsOf("T")).containsExactly("H");
        assertThat(table().forbidden()).isEqualTo(Map.of("G", Set.of("T")));
        assertThat(broker.ask(RequestCode.GET_TOPIC_CONFIG, "topic", "T").code()).isZero();
    }

    /// What a crash leaves: the files as they are while the broker runs.
    private void copyTo(Path target) throws IOException {
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(data)) {
            paths = walked.filter(Files::isRegularFile).toList();
        }
        for (Path path : paths) {
            Path copy = target.resolve(data.relativize(path));
            Files.createDirectories(copy.getParent());
            Files.copy(path, copy);
        }
    }

    @Test
    void shouldListGroupsThatHaveOnlyConsumed() {
        // given
        broker.send("T", 0, "x", "");

        // when
        broker.ask(new CommitOffset("G", "T", 0, 1).encode());

        // then
        assertThat(groupsOf("T")).containsExactly("G");
        assertThat(topicsOf("G")).containsExactly("T");
    }

    @Test
    void shouldMakeAsManyRetryQueuesAsTheGroupWants() {
        // given
        put("{\"groupName\":\"G\",\"retryQueueNums\":3}");
        put("{\"groupName\":\"None\",\"retryQueueNums\":0}");
        put("{\"groupName\":\"Direct\",\"retryQueueNums\":2}");

        // when
        broker.ask(BrokerHarness.heartbeat("c", "G"));
        broker.ask(BrokerHarness.heartbeat("c", "None"));
        broker.send("%RETRY%Direct", 0, "x", "");

        // then
        assertThat(topic("%RETRY%G")).contains("\"readQueueNums\":3", "\"writeQueueNums\":3");
        assertThat(topic("%RETRY%Direct")).contains("\"readQueueNums\":2");
        assertThat(broker.ask(RequestCode.GET_TOPIC_CONFIG, "topic", "%RETRY%None").code())
                .isEqualTo(17);
    }

    private String topic(String name) {
        return text(broker.ask(RequestCode.GET_TOPIC_CONFIG, "topic", name).body());
    }

    @Test
    void shouldNotTellMembersThatWantNoNews() {
        // given
        put("{\"groupName\":\"G\",\"notifyConsumerIdsChangedEnable\":false}");
        FakeClient first = new FakeClient(1);
        FakeClient second = new FakeClient(2);

        // when
        broker.ask(first, BrokerHarness.heartbeat("c1", "G"));
        broker.ask(second, BrokerHarness.heartbeat("c2", "G"));
        broker.closed(second);

        // then
        assertThat(first.takeNews()).isEmpty();
    }

    @Test
    void shouldServeAGroupWhoseSubscriptionsCannotBeNoted() {
        // given
        broker.send("T", 0, "x", "");
        broker.awaitEnd("T", 0, 1);
        broker.ask(BrokerHarness.heartbeat("c", "G"));
        broker.store.log().stop();

        // when
        Frame heartbeat =
                broker.ask(BrokerHarness.heartbeat("c", "G", Subscription.ofTags("T", "*", 1)));

        // then
        assertThat(heartbeat.code()).isZero();
        assertThat(groupsOf("T")).containsExactly("G");
        assertThat(broker.ask(BrokerHarness.pull("T", 0, 0, "*").encode()).code()).isZero();
    }

    @Test
    void shouldRefuseChangesWhenTheLogTakesNothing() {
        // given
        put("{\"groupName\":\"G\"}");
        broker.store.log().stop();

        // when
        Frame made = put("{\"groupName\":\"H\"}");
        Frame deleted = broker.ask(RequestCode.DELETE_SUBSCRIPTIONGROUP, "groupName", "G");

        // then
        assertThat(made.code()).isEqualTo(14);
        assertThat(deleted.code()).isEqualTo(14);
        assertThat(isKnown("G")).isTrue();
        assertThat(isKnown("H")).isFalse();
    }
}
