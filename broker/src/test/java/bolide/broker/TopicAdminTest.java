package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.offset.TopicStats;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.route.TopicList;
import bolide.protocol.route.TopicTable;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.TopicConfig;
import bolide.store.commitlog.FlushPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What tools do with topics, and see of them.
final class TopicAdminTest {
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

    private Frame create(String topic, int readQueues, int writeQueues, String... more) {
        Fields.Builder fields =
                Fields.builder()
                        .put("topic", topic)
                        .put("defaultTopic", "TBW102")
                        .put("readQueueNums", readQueues)
                        .put("writeQueueNums", writeQueues)
                        .put("perm", 6);
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return broker.ask(Frame.request(RequestCode.UPDATE_AND_CREATE_TOPIC, fields.build()));
    }

    private TopicConfig config(String topic) {
        Frame answer = broker.ask(RequestCode.GET_TOPIC_CONFIG, "topic", topic);
        assertThat(answer.code()).isZero();
        return JsonBody.read(answer.body(), "a topic", TopicConfig::read);
    }

    @Test
    void shouldGiveBackATopicAsItWasMade() {
        // when
        create(
                "T",
                3,
                2,
                "order",
                "true",
                "topicSysFlag",
                "1",
                "topicFilterType",
                "MULTI_TAG",
                "attributes",
                "+message.type=FIFO,+reserve.time=24");

        // then
        TopicConfig expected =
                new TopicConfig(
                        "T",
                        3,
                        2,
                        6,
                        "MULTI_TAG",
                        1,
                        true,
                        Map.of("message.type", "FIFO", "reserve.time", "24"));
        assertThat(config("T")).isEqualTo(expected);
        reopen();
        assertThat(config("T")).isEqualTo(expected);
        assertThat(broker.ask(RequestCode.GET_TOPIC_CONFIG, "topic", "No").code()).isEqualTo(17);
    }

    @Test
    void shouldKeepAttributesThatAreNotNamed() {
        // given
        create("T", 1, 1, "attributes", "+message.type=FIFO,+reserve.time=24");

        // when
        create("T", 1, 1, "attributes", "-reserve.time,+cleanup.policy=DELETE");
        create("T", 2, 2);

        // then
        assertThat(config("T").attributes())
                .isEqualTo(Map.of("message.type", "FIFO", "cleanup.policy", "DELETE"));
    }

    @ParameterizedTest
    @CsvSource({
        "attributes,+queue.type=BatchCQ",
        "attributes,+cleanup.policy=COMPACTION",
        "attributes,+message.type=SOMETHING",
        "attributes,+reserve.time=0",
        "attributes,+lite.topic.expiration=soon",
        "attributes,+unheard.of=1",
        "topicFilterType,ANY_TAG",
        "perm,8",
        "perm,-1",
        "readQueueNums,0",
        "writeQueueNums,65537"
    })
    void shouldRefuseALayoutThatCannotBe(String field, String value) {
        // when
        Frame answer = create("T", 1, 1, field, value);

        // then
        assertThat(answer.code()).isEqualTo(29);
        assertThat(answer.remark()).isNotEmpty();
        assertThat(broker.ask(RequestCode.GET_TOPIC_CONFIG, "topic", "T").code()).isEqualTo(17);
    }

    @Test
    void shouldMakeSeveralTopicsOrNone() {
        // given
        TopicConfig good = TopicConfig.of("Good", 2);

        // when
        Frame refused =
                broker.ask(CreateTopic.encodeList(List.of(good, TopicConfig.of("not a name", 1))));

        // then
        assertThat(refused.code()).isEqualTo(29);
        assertThat(names()).doesNotContain("Good");

        // when
        Frame done = broker.ask(CreateTopic.encodeList(List.of(good, TopicConfig.of("Better", 1))));

        // then
        assertThat(done.code()).isZero();
        assertThat(names()).contains("Good", "Better");
        assertThat(broker.nameServer.knows("Better")).as("told before the answer").isTrue();
    }

    private List<String> names() {
        return table(Frame.request(RequestCode.GET_ALL_TOPIC_CONFIG, FakeClient.fields()))
                .topics()
                .stream()
                .map(TopicConfig::name)
                .toList();
    }

    private TopicTable table(Frame request) {
        Frame answer = broker.ask(request);
        assertThat(answer.code()).isZero();
        return TopicTable.decode(answer.body());
    }

    @Test
    void shouldShowAllTopicsAtOnceOrInParts() {
        // given
        create("T1", 1, 1);
        create("T2", 2, 2);

        // when
        Frame all = broker.ask(RequestCode.GET_ALL_TOPIC_CONFIG);
        Frame part =
                broker.ask(RequestCode.GET_ALL_TOPIC_CONFIG, "topicSeq", "3", "maxTopicNum", "2");

        // then
        assertThat(names()).containsExactly("C", "C_REPLY_TOPIC", "T1", "T2", "TBW102", "b");
        assertThat(all.fields().number("totalTopicNum")).isEqualTo(6);
        assertThat(part.fields().number("totalTopicNum")).isEqualTo(6);
        assertThat(TopicTable.decode(part.body()).topics())
                .extracting(TopicConfig::name)
                .containsExactly("T2", "TBW102");
        assertThat(TopicTable.decode(part.body()).version())
                .isEqualTo(TopicTable.decode(all.body()).version());
    }

    @Test
    void shouldShowHowFarQueuesReach() {
        // given
        create("T", 2, 3);
        broker.wallMillis.set(1_700_000_000_007L);
        broker.send("T", 1, "x", "");
        broker.wallMillis.set(1_700_000_000_009L);
        broker.send("T", 1, "x", "");
        broker.awaitEnd("T", 1, 2);

        // when
        Frame answer = broker.ask(RequestCode.GET_TOPIC_STATS_INFO, "topic", "T");

        // then
        SortedMap<MessageQueue, TopicStats.Reach> queues =
                TopicStats.decode(answer.body()).queues();
        assertThat(queues)
                .containsOnly(
                        Map.entry(new MessageQueue("T", "b", 0), TopicStats.Reach.NONE),
                        Map.entry(
                                new MessageQueue("T", "b", 1),
                                new TopicStats.Reach(0, 2, 1_700_000_000_009L)),
                        Map.entry(new MessageQueue("T", "b", 2), TopicStats.Reach.NONE));
        assertThat(broker.ask(RequestCode.GET_TOPIC_STATS_INFO, "topic", "No").code())
                .isEqualTo(17);
    }

    @Test
    void shouldNameTheTopicsOfTheSystem() {
        // given
        create("T", 1, 1);

        // when
        Frame answer = broker.ask(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_BROKER);

        // then
        assertThat(TopicList.decode(answer.body()).topics())
                .containsExactly("C", "C_REPLY_TOPIC", "TBW102", "b");
    }

    /// Messages in queues beyond the last that is read stay, and come back with their queues.
    @Test
    void shouldKeepMessagesOfQueuesThatAreNotReadAtPresent() {
        // given
        create("T", 4, 4);
        broker.send("T", 3, "kept", "");
        broker.awaitEnd("T", 3, 1);

        // when
        create("T", 2, 2);

        // then
        assertThat(broker.ask(BrokerHarness.pull("T", 3, 0, "*").encode()).code()).isEqualTo(29);
        assertThat(broker.send("T", 3, "refused", "").code()).isEqualTo(29);
        assertThat(broker.send("T", -1, "taken", "").fields().number("queueId")).isLessThan(2);
        reopen();
        create("T", 4, 4);
        broker.awaitEnd("T", 3, 1);
        Frame pulled = broker.ask(BrokerHarness.pull("T", 3, 0, "*").encode());
        assertThat(MessageRecord.decodeAll(pulled.body()))
                .singleElement()
                .satisfies(message -> assertThat(message.body()).asString().isEqualTo("kept"));
        assertThat(broker.send("T", 3, "next", "").fields().number("queueOffset")).isEqualTo(1);
    }

    /// While writing moves to fewer queues, the others are emptied.
    @Test
    void shouldReadQueuesThatAreNotOfferedToProducersAnyMore() {
        // given
        create("T", 4, 2);

        // when
        Frame late = broker.send("T", 3, "late", "");

        // then
        assertThat(late.code()).as("from a producer with an old route").isZero();
        broker.awaitEnd("T", 3, 1);
        assertThat(broker.ask(BrokerHarness.pull("T", 3, 0, "*").encode()).code()).isZero();
        for (int i = 0; i < 8; i++) {
            assertThat(broker.send("T", -1, "x", "").fields().number("queueId")).isLessThan(2);
        }
    }

    @Test
    void shouldDeleteNoneOfSeveralTopicsWhenOneHasToStay() {
        // given
        create("T1", 1, 1);

        // when
        Frame answer = broker.ask(deletion("{\"topicList\":[\"T1\",\"TBW102\"]}"));

        // then
        assertThat(answer.code()).isEqualTo(29);
        assertThat(names()).contains("T1");
    }

    private static Frame deletion(String topics) {
        return Frame.request(
                RequestCode.DELETE_TOPIC_IN_BROKER_LIST,
                FakeClient.fields(),
                ByteBuffer.wrap(topics.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldDeleteSeveralTopicsWithAllThatBelongsToThem() {
        // given
        create("T1", 1, 1);
        create("T2", 1, 1);
        broker.send("T1", 0, "x", "");
        broker.ask(new CommitOffset("G", "T1", 0, 1).encode());

        // when
        Frame answer = broker.ask(deletion("{\"topicList\":[\"T1\",\"T2\",\"absent\"]}"));

        // then
        assertThat(answer.code()).isZero();
        for (int life = 0; life < 2; life++) {
            assertThat(names()).doesNotContain("T1", "T2");
            Frame committed =
                    broker.ask(
                            RequestCode.QUERY_CONSUMER_OFFSET,
                            "consumerGroup",
                            "G",
                            "topic",
                            "T1",
                            "queueId",
                            "0",
                            "setZeroIfNotFound",
                            "false");
            assertThat(committed.code()).isEqualTo(22);
            reopen();
        }
        assertThat(broker.nameServer.knows("T1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"''", "TBW102", "b", "C"})
    void shouldNotDeleteWhatIsNoTopicOfUsers(String topic) {
        assertThat(broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", topic).code())
                .isEqualTo(29);
    }

    @Test
    void shouldRefuseChangesWhenTheLogTakesNothing() {
        // given
        create("T", 1, 1);
        broker.store.log().stop();

        // when
        Frame made = create("T2", 1, 1);
        Frame deleted = broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T");

        // then
        assertThat(made.code()).isEqualTo(14);
        assertThat(deleted.code()).isEqualTo(14);
        assertThat(names()).contains("T").doesNotContain("T2");
    }
}
