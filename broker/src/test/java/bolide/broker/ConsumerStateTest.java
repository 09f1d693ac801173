package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.Subscription;
import bolide.protocol.group.UnregisterClient;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.OffsetMessageId;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.route.DataVersion;
import bolide.protocol.topic.TopicConfig;
import bolide.store.commitlog.FlushPolicy;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What the broker remembers of consumers, topics and queues, and how it is asked for it.
final class ConsumerStateTest {
    private static final int CHANGED = RequestCode.NOTIFY_CONSUMER_IDS_CHANGED;

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

    private Frame commit(String group, String topic, int queueId, long offset) {
        return new CommitOffset(group, topic, queueId, offset).encode();
    }

    private Frame committed(String group, String topic, int queueId, boolean zeroIfNone) {
        return broker.ask(
                RequestCode.QUERY_CONSUMER_OFFSET,
                "consumerGroup",
                group,
                "topic",
                topic,
                "queueId",
                "" + queueId,
                "setZeroIfNotFound",
                "" + zeroIfNone);
    }

    @Test
    void shouldKeepACommittedOffsetOverARestart() {
        // given
        broker.send("T", 0, "x", "");
        assertThat(broker.ask(commit("G", "T", 0, 1)).code()).isZero();

        // when
        reopen();

        // then
        assertThat(committed("G", "T", 0, false).fields().number("offset")).isEqualTo(1);
    }

    @Test
    void shouldKeepAnOffsetThatNobodyWaitedFor() {
        // given
        broker.send("T", 0, "x", "");
        broker.post(broker.client, commit("G", "T", 0, 1).asOneWay());

        // when
        broker.timers.advance(200);
        reopen();

        // then
        assertThat(committed("G", "T", 0, false).fields().number("offset")).isEqualTo(1);
    }

    @Test
    void shouldSayWhenTheLastOffsetsAreNotKept() {
        // given
        broker.send("T", 0, "x", "");
        broker.post(broker.client, commit("G", "T", 0, 1).asOneWay());
        Logger logger = (Logger) LoggerFactory.getLogger(Broker.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);

        // when
        broker.store.close();
        broker.close();

        // then
        logger.detachAppender(log);
        logger.setLevel(Level.OFF);
        assertThat(log.list)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getLevel()).isEqualTo(Level.WARN);
                    assertThat(line.getFormattedMessage())
                            .contains("offsets")
                            .contains("log is closed");
                });
    }

    @Test
    void shouldBeginAtZeroOrLetTheGroupDecide() {
        // given
        broker.send("T", 0, "x", "");
        broker.awaitEnd("T", 0, 1);

        // then
        assertThat(committed("G", "T", 0, true).fields().number("offset")).isZero();
        assertThat(committed("G", "T", 0, false).code()).isEqualTo(22);
    }

    @ParameterizedTest
    @CsvSource({"NoTopic,0,1,17", "T,4,1,29", "T,-1,1,29", "T,0,-1,29"})
    void shouldRefuseToCommitWhatCannotBe(String topic, int queueId, long offset, int code) {
        // given
        broker.send("T", 0, "x", "");

        // then
        assertThat(broker.ask(commit("G", topic, queueId, offset)).code()).isEqualTo(code);
    }

    @Test
    void shouldRefuseToCommitForAnImpossibleGroup() {
        broker.send("T", 0, "x", "");
        assertThat(broker.ask(commit("a@b", "T", 0, 1)).code()).isEqualTo(29);
    }

    @Test
    void shouldTellMembersThatTheirGroupHasChanged() {
        // given
        FakeClient first = new FakeClient(1);
        FakeClient second = new FakeClient(2);
        Subscription all = Subscription.ofTags("T", "*", 1);

        // when
        broker.ask(first, BrokerHarness.heartbeat("c1", "G", all));
        assertThat(first.takeNews()).containsExactly(CHANGED);
        broker.ask(second, BrokerHarness.heartbeat("c2", "G", all));

        // then
        assertThat(first.takeNews()).containsExactly(CHANGED);
        assertThat(second.takeNews()).containsExactly(CHANGED);
        assertThat(ids("G")).containsExactly("c1", "c2");

        // when nothing is new
        broker.ask(first, BrokerHarness.heartbeat("c1", "G", all));
        assertThat(first.takeNews()).isEmpty();
        assertThat(second.takeNews()).isEmpty();

        // when one leaves, with or without a word
        broker.ask(second, new UnregisterClient("c2", "", "G").encode());
        assertThat(first.takeNews()).containsExactly(CHANGED);
        broker.ask(second, BrokerHarness.heartbeat("c2", "G", all));
        first.takeNews();
        broker.closed(second);
        assertThat(first.takeNews()).containsExactly(CHANGED);
        assertThat(ids("G")).containsExactly("c1");
    }

    /// Else a thousand members that come at once would have half a million pieces of news.
    @Test
    void shouldTellALargeGroupOfManyChangesInOnePiece() {
        // given
        Subscription all = Subscription.ofTags("T", "*", 1);
        List<FakeClient> members = new ArrayList<>();
        for (int number = 0; number < 1000; number++) {
            FakeClient member = new FakeClient(number);
            members.add(member);

            // when
            broker.ask(member, BrokerHarness.heartbeat("c" + number, "G", all));
        }

        // then
        long told = members.stream().mapToLong(member -> member.takeNews().size()).sum();
        assertThat(told).isLessThan(members.size() * 2);
        broker.timers.advance(200);
        assertThat(members).allSatisfy(m -> assertThat(m.takeNews()).containsExactly(CHANGED));
        broker.timers.advance(1000);
        assertThat(members).allSatisfy(m -> assertThat(m.takeNews()).isEmpty());

        // when one leaves
        broker.closed(members.removeFirst());
        broker.timers.advance(200);

        // then
        assertThat(members).allSatisfy(m -> assertThat(m.takeNews()).containsExactly(CHANGED));
    }

    private List<String> ids(String group) {
        return ConsumerIds.decode(broker.ask(ConsumerIds.request(group)).body());
    }

    @Test
    void shouldForgetASilentMemberUnlessItIsNotListenedTo() {
        // given
        FakeClient silent = new FakeClient(1);
        FakeClient unheard = new FakeClient(2);
        unheard.reading = false;
        broker.ask(silent, BrokerHarness.heartbeat("silent", "G"));
        broker.ask(unheard, BrokerHarness.heartbeat("unheard", "G"));

        // when
        broker.timers.advance(131_000);

        // then
        assertThat(ids("G")).containsExactly("unheard");
    }

    @Test
    void shouldForgetSilentMembersAlsoAfterThatFailed() {
        // given
        FakeClient silent = new FakeClient(1);
        broker.ask(silent, BrokerHarness.heartbeat("silent", "G"));
        silent.whenAsked =
                () -> {
                    throw new AssertionError("a bug");
                };
        assertThatThrownBy(() -> broker.timers.advance(131_000)).hasMessage("a bug");

        // when
        silent.whenAsked = () -> {};
        broker.timers.advance(131_000);

        // then
        assertThat(isAnyOnline("G")).isFalse();
    }

    @Test
    void shouldForgetAClosedConnectionInEachOfItsGroups() {
        // given
        FakeClient leaving = new FakeClient(1);
        broker.ask(leaving, BrokerHarness.heartbeat("leaving", "G"));
        broker.ask(leaving, BrokerHarness.heartbeat("leaving", "H"));
        broker.ask(leaving, BrokerHarness.heartbeat("leaving", "I"));
        broker.ask(leaving, new UnregisterClient("leaving", "", "I").encode());
        broker.ask(new FakeClient(2), BrokerHarness.heartbeat("staying", "G"));

        // when
        broker.closed(leaving);

        // then
        assertThat(ids("G")).containsExactly("staying");
        assertThat(isAnyOnline("H")).isFalse();
        assertThat(isAnyOnline("I")).isFalse();
    }

    private boolean isAnyOnline(String group) {
        int code = broker.ask(ConsumerIds.request(group)).code();
        assertThat(code).isIn(0, 1);
        return code == 0;
    }

    @Test
    void shouldSayWhenNobodyIsOnline() {
        assertThat(broker.ask(ConsumerIds.request("Nobody")).code()).isEqualTo(1);
    }

    @Test
    void shouldMakeTheRetryTopicOfAGroup() {
        // when
        broker.ask(BrokerHarness.heartbeat("c1", "G"));
        broker.timers.advance(0);

        // then
        assertThat(broker.nameServer.knows("%RETRY%G")).isTrue();
    }

    private static String text(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return new String(copy);
    }

    @Test
    void shouldAnswerQuestionsAboutAQueue() {
        // given
        long start = broker.wallMillis.get();
        for (int i = 0; i < 5; i++) {
            broker.wallMillis.set(start + 10 * i);
            broker.send("T", 1, "x", "");
        }
        broker.awaitEnd("T", 1, 5);

        // then
        assertThat(number(30, "offset")).isEqualTo(5);
        assertThat(number(31, "offset")).isZero();
        assertThat(number(32, "timestamp")).isEqualTo(start);
        assertThat(search(start + 15, "LOWER")).isEqualTo(2);
        assertThat(search(start + 15, "UPPER")).isEqualTo(1);
        assertThat(search(0, "LOWER")).isZero();
        assertThat(search(start + 9_999, "LOWER")).isEqualTo(5);
        assertThat(broker.ask(30, "topic", "T", "queueId", "99").code()).isEqualTo(29);
        assertThat(broker.ask(30, "topic", "No", "queueId", "0").code()).isEqualTo(17);
        assertThat(broker.ask(32, "topic", "T", "queueId", "0").fields().number("timestamp"))
                .isEqualTo(-1);
    }

    private long number(int code, String field) {
        return broker.ask(code, "topic", "T", "queueId", "1").fields().number(field);
    }

    private long search(long time, String boundary) {
        return broker.ask(
                        29,
                        "topic",
                        "T",
                        "queueId",
                        "1",
                        "timestamp",
                        "" + time,
                        "boundaryType",
                        boundary)
                .fields()
                .number("offset");
    }

    @Test
    void shouldFindAMessageByItsId() {
        // given
        broker.send("T", 0, "before", "");
        String id = broker.send("T", 0, "wanted", "KEYS\1k\2").fields().text("msgId");

        // when
        long position = OffsetMessageId.decode(id).position();
        Frame answer = broker.ask(33, "offset", "" + position);

        // then
        assertThat(answer.code()).isZero();
        assertThat(MessageRecord.decode(answer.body()).body()).asString().isEqualTo("wanted");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 17, 1_000_000, 2_000_000_000, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldRefuseIdsThatNameNoMessage(long position) {
        // given
        broker.send("T", 0, "x", "");

        // then
        Frame answer = broker.ask(33, "offset", "" + position);
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("" + position);
    }

    @Test
    void shouldNotShowItsOwnBookkeeping() {
        assertThat(broker.ask(BrokerHarness.heartbeat("c1", "G")).code()).isZero();
        assertThat(broker.ask(33, "offset", "0").code()).isEqualTo(1);
    }

    @Test
    void shouldKeepTopicsOverARestartAndBeginADeletedOneAnew() {
        // given
        create("T", 3);
        broker.send("T", 2, "old", "");
        broker.ask(commit("G", "T", 2, 1));
        reopen();
        assertThat(broker.send("T", 2, "old too", "").fields().number("queueOffset")).isEqualTo(1);

        // when
        assertThat(broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T").code()).isZero();
        assertThat(broker.ask(BrokerHarness.pull("T", 2, 0, "*").encode()).code()).isEqualTo(17);
        create("T", 3);
        broker.send("T", 2, "new", "");

        // then
        for (int life = 0; life < 2; life++) {
            Frame answer = awaitPulled("T", 2);
            assertThat(MessageRecord.decodeAll(answer.body())).hasSize(1);
            assertThat(committed("G", "T", 2, false).code()).isEqualTo(22);
            reopen();
        }
    }

    private Frame awaitPulled(String topic, int queueId) {
        broker.awaitEnd(topic, queueId, 1);
        return broker.ask(BrokerHarness.pull(topic, queueId, 0, "*").encode());
    }

    private void create(String topic, int queues) {
        Frame answer =
                broker.ask(
                        RequestCode.UPDATE_AND_CREATE_TOPIC,
                        "topic",
                        topic,
                        "readQueueNums",
                        "" + queues,
                        "writeQueueNums",
                        "" + queues,
                        "perm",
                        "6");
        assertThat(answer.code()).isZero();
        assertThat(broker.nameServer.knows(topic)).as("told before the answer").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"TBW102,8,6", "T,0,6", "T,70000,6", "T,8,9", "'a b',8,6"})
    void shouldRefuseTopicsThatCannotBe(String topic, int queues, int perm) {
        // when
        Frame answer =
                broker.ask(
                        RequestCode.UPDATE_AND_CREATE_TOPIC,
                        "topic",
                        topic,
                        "readQueueNums",
                        "" + queues,
                        "writeQueueNums",
                        "" + queues,
                        "perm",
                        "" + perm);

        // then
        assertThat(answer.code()).isEqualTo(29);
        assertThat(answer.remark()).isNotEmpty();
    }

    @Test
    void shouldRegisterAgainAndAgainAndSayFarewell() {
        // given
        int before = broker.nameServer.registrations.size();

        // when
        broker.timers.advance(30_000);

        // then
        assertThat(broker.nameServer.registrations).hasSize(before + 1);
        broker.nameServer.reachable = false;
        broker.timers.advance(30_000);
        broker.nameServer.reachable = true;
        broker.timers.advance(30_000);
        assertThat(broker.nameServer.registrations).hasSize(before + 2);
        broker.broker.leave();
        assertThat(broker.nameServer.farewells).hasSize(1);
    }

    /// A name server takes equal versions for equal topics.
    @Test
    void shouldNeverShowTheSameVersionWithOtherTopics() {
        // given
        broker.timers.atOnce = true;

        // when
        for (int i = 0; i < 5; i++) {
            create("T" + i, 1);
        }

        // then
        Map<DataVersion, Set<TopicConfig>> shown = new HashMap<>();
        broker.nameServer.registrations.forEach(registration -> {
            Set<TopicConfig> topics = Set.copyOf(registration.topics());
            assertThat(shown.getOrDefault(registration.version(), topics)).isEqualTo(topics);
            shown.put(registration.version(), topics);
        });
        assertThat(broker.nameServer.knows("T4")).isTrue();
    }

    @Test
    void shouldAnswerAnUnknownCodeWithItsNumber() {
        // when
        Frame answer = broker.ask(4242);

        // then
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.remark()).contains("4242");
    }

    @Test
    void shouldRefuseANewGroupWhenTheLogTakesNothing() {
        // given
        assertThat(broker.ask(BrokerHarness.heartbeat("c1", "G")).code()).isZero();
        broker.store.log().stop();

        // when
        Frame known = broker.ask(BrokerHarness.heartbeat("c1", "G"));
        Frame answer = broker.ask(BrokerHarness.heartbeat("c1", "new"));

        // then
        assertThat(known.code()).isZero();
        assertThat(answer.code()).isEqualTo(ResponseCode.SERVICE_NOT_AVAILABLE);
        assertThat(answer.remark())
                .contains("a new consumer group cannot be noted", "the log is closed");
    }
}
