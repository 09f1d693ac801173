package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bolide.protocol.config.KvTable;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.Subscription;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.statistics.BrokerConsumeStats;
import bolide.protocol.statistics.ConsumeStats;
import bolide.protocol.statistics.ConsumeTimeSpan;
import bolide.protocol.statistics.QueueProgress;
import bolide.protocol.statistics.StatisticsData;
import bolide.protocol.statistics.StatisticsQuestion;
import bolide.store.commitlog.FlushPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the broker tells of what it took, handed out and holds.
final class StatisticsTest {
    private static final long SECOND = 1000;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.ASYNC);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void send(int times) {
        for (int i = 0; i < times; i++) {
            broker.send("T", 0, "x".repeat(100), "");
        }
        broker.awaitEnd("T", 0, times);
    }

    private StatisticsData statistics(String name, String key) {
        Frame answer = broker.ask(new StatisticsQuestion(name, key).encode());
        assertThat(answer.code()).as(answer.remark()).isZero();
        return StatisticsData.decode(answer.body());
    }

    private static void assertSums(StatisticsData data, long minute, long hour, long day) {
        assertThat(List.of(data.minute().sum(), data.hour().sum(), data.day().sum()))
                .containsExactly(minute, hour, day);
    }

    @Test
    void shouldTellWhatCameInDuringTheLastMinuteHourAndDay() {
        // given
        send(6);

        // then at once
        assertSums(statistics("TOPIC_PUT_NUMS", "T"), 6, 6, 6);

        // when half a minute has passed
        broker.timers.advance(30 * SECOND);

        // then
        StatisticsData young = statistics("TOPIC_PUT_NUMS", "T");
        assertSums(young, 6, 6, 6);
        assertThat(young.minute().perSecond()).isEqualTo(6 / 30.0, within(1e-9));
        assertThat(young.minute().average()).isEqualTo(1.0);

        // when more comes and more time passes
        broker.timers.advance(60 * SECOND);
        send(4);

        // then
        assertSums(statistics("TOPIC_PUT_NUMS", "T"), 4, 10, 10);
        broker.timers.advance(2 * HOUR);
        assertSums(statistics("TOPIC_PUT_NUMS", "T"), 0, 0, 10);
        assertSums(statistics("BROKER_PUT_NUMS", "C"), 0, 0, 10);

        // when a day passes, nothing is left to be told
        broker.timers.advance(DAY);
        assertThat(broker.ask(new StatisticsQuestion("TOPIC_PUT_NUMS", "T").encode()).code())
                .isEqualTo(1);
        assertSums(statistics("BROKER_PUT_NUMS", "C"), 0, 0, 0);
    }

    @Test
    void shouldTellBytesByTheMessage() {
        // given
        send(3);
        long log = broker.store.log().appended().get();

        // when
        StatisticsData data = statistics("TOPIC_PUT_SIZE", "T");

        // then it is what the records take
        assertThat(data.minute().sum()).isBetween(300L, log);
        assertThat(data.minute().average()).isEqualTo(data.minute().sum() / 3.0);
    }

    @Test
    void shouldTellWhatWentOutToAGroup() {
        // given
        send(5);

        // when
        broker.ask(BrokerHarness.pull("T", 0, 0, "*").encode());
        broker.ask(BrokerHarness.pull("T", 0, 3, "*").encode());
        broker.ask(BrokerHarness.pull("T", 0, 5, "*").encode()); // nothing there

        // then
        assertSums(statistics("GROUP_GET_NUMS", "T@G"), 7, 7, 7);
        assertSums(statistics("BROKER_GET_NUMS", "C"), 7, 7, 7);
        long all = statistics("TOPIC_PUT_SIZE", "T").day().sum();
        assertThat(statistics("GROUP_GET_SIZE", "T@G").day().sum()).isEqualTo(all / 5 * 7);
    }

    @Test
    void shouldForgetWhatWasCountedForATopicThatIsDeleted() {
        // given
        send(2);
        broker.ask(BrokerHarness.pull("T", 0, 0, "*").encode());

        // when
        broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T");
        broker.timers.advance(10 * SECOND);

        // then
        assertThat(broker.ask(new StatisticsQuestion("TOPIC_PUT_NUMS", "T").encode()).code())
                .isEqualTo(1);
        assertThat(broker.ask(new StatisticsQuestion("GROUP_GET_NUMS", "T@G").encode()).code())
                .isEqualTo(1);
        assertSums(statistics("BROKER_PUT_NUMS", "C"), 2, 2, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "TOPIC_PUT_NUMS,Unknown",
        "GROUP_GET_NUMS,T@Unknown",
        "GROUP_GET_NUMS,T",
        "SNDBCK_PUT_NUMS,T@G",
        "BROKER_PUT_NUMS,Elsewhere"
    })
    void shouldSayThatNothingWasCounted(String name, String key) {
        // given
        send(1);

        // when
        Frame answer = broker.ask(new StatisticsQuestion(name, key).encode());

        // then
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains(name, key, "TOPIC_PUT_NUMS");
    }

    private Map<String, String> figures() {
        return KvTable.decode(broker.ask(RequestCode.GET_BROKER_RUNTIME_INFO).body()).entries();
    }

    @Test
    void shouldTellEveryFigureThatToolsLookFor() {
        assertThat(figures().keySet())
                .contains(
                        ("brokerVersionDesc brokerActive bootTimestamp runtime putTps getTotalTps"
                                        + " getFoundTps getMissTps getTransferredTps"
                                        + " getTransferedTps msgPutTotalYesterdayMorning"
                                        + " msgPutTotalTodayMorning msgPutTotalTodayNow"
                                        + " msgGetTotalYesterdayMorning msgGetTotalTodayMorning"
                                        + " msgGetTotalTodayNow commitLogDiskRatio"
                                        + " consumeQueueDiskRatio commitLogMinOffset"
                                        + " commitLogMaxOffset earliestMessageTimeStamp"
                                        + " startAcceptSendRequestTimeStamp pageCacheLockTimeMills"
                                        + " dispatchBehindBytes remainHowManyDataToFlush"
                                        + " remainHowManyDataToCommit commitLogDirCapacity"
                                        + " putMessageAverageSize putMessageSizeTotal"
                                        + " putMessageTimesTotal putMessageEntireTimeMax"
                                        + " getMessageEntireTimeMax putMessageDistributeTime"
                                        + " putMessageFailedTimes putLatency99 putLatency999"
                                        + " sendThreadPoolQueueSize sendThreadPoolQueueCapacity"
                                        + " sendThreadPoolQueueHeadWaitTimeMills"
                                        + " pullThreadPoolQueueSize pullThreadPoolQueueCapacity"
                                        + " pullThreadPoolQueueHeadWaitTimeMills"
                                        + " litePullThreadPoolQueueSize"
                                        + " litePullThreadPoolQueueCapacity"
                                        + " litePullThreadPoolQueueHeadWaitTimeMills"
                                        + " queryThreadPoolQueueSize queryThreadPoolQueueCapacity"
                                        + " queryThreadPoolQueueHeadWaitTimeMills"
                                        + " ackThreadPoolQueueSize ackThreadPoolQueueCapacity"
                                        + " ackThreadPoolQueueHeadWaitTimeMills"
                                        + " EndTransactionQueueSize"
                                        + " EndTransactionThreadPoolQueueCapacity timerReadBehind"
                                        + " timerOffsetBehind timerCongestNum timerEnqueueTps"
                                        + " timerDequeueTps remainTransientStoreBufferNumbs")
                                .split(" "));
    }

    @Test
    void shouldTellWhatIsTrue() {
        // given
        send(10);
        broker.ask(BrokerHarness.pull("T", 0, 0, "*").encode());
        broker.ask(BrokerHarness.pull("T", 0, 10, "*").encode());
        broker.send("no topic", 0, "x", "");

        // when
        broker.timers.advance(10 * SECOND);
        broker.wallMillis.addAndGet(DAY + 2 * HOUR + 61 * SECOND);
        Map<String, String> figures = figures();

        // then
        assertThat(figures)
                .containsEntry("brokerActive", "true")
                .containsEntry("brokerVersionDesc", "V5_5_0")
                .containsEntry("bootTimestamp", "1700000000000")
                .containsEntry("runtime", "[ 1 days, 2 hours, 1 minutes, 1 seconds ]")
                .containsEntry("putTps", "1.0 1.0 1.0")
                .containsEntry("getFoundTps", "0.1 0.1 0.1")
                .containsEntry("getMissTps", "0.1 0.1 0.1")
                .containsEntry("getTotalTps", "0.2 0.2 0.2")
                .containsEntry("getTransferredTps", "1.0 1.0 1.0")
                .containsEntry("getTransferedTps", "1.0 1.0 1.0")
                .containsEntry("msgPutTotalTodayMorning", "10") // midnight has passed
                .containsEntry("msgPutTotalTodayNow", "10")
                .containsEntry("msgGetTotalTodayNow", "10")
                .containsEntry("putMessageTimesTotal", "10")
                .containsEntry("putMessageFailedTimes", "1")
                .containsEntry("commitLogMinOffset", "0")
                .containsEntry("commitLogMaxOffset", "" + broker.store.log().appended().get())
                .containsEntry("earliestMessageTimeStamp", "1700000000000")
                .containsEntry("dispatchBehindBytes", "0");
        assertThat(Double.parseDouble(figures.get("commitLogDiskRatio"))).isBetween(0.0, 1.0);
        assertThat(figures.get("commitLogDirCapacity"))
                .matches("Total : [0-9.]+ .*B, Free : [0-9.]+ .*B\\.");
        assertThat(figures.get("remainHowManyDataToFlush")).matches("[0-9.]+ .*B");
    }

    @Test
    void shouldBeginTheDayAtMidnight() {
        // given
        send(3);
        broker.wallMillis.addAndGet(DAY);
        broker.timers.advance(10 * SECOND);
        broker.send("T", 0, "x", "");

        // when the next day comes
        broker.wallMillis.addAndGet(DAY);
        broker.timers.advance(10 * SECOND);

        // then
        assertThat(figures())
                .containsEntry("msgPutTotalYesterdayMorning", "3")
                .containsEntry("msgPutTotalTodayMorning", "4")
                .containsEntry("msgPutTotalTodayNow", "4");
    }

    private ConsumeStats progress(String... fields) {
        Frame answer = broker.ask(RequestCode.GET_CONSUME_STATS, fields);
        assertThat(answer.code()).as(answer.remark()).isZero();
        return ConsumeStats.decode(answer.body());
    }

    private void commit(String group, long offset) {
        assertThat(broker.ask(new CommitOffset(group, "T", 0, offset).encode()).code()).isZero();
    }

    @Test
    void shouldTellHowFarAGroupHasCome() {
        // given
        send(3);
        broker.wallMillis.addAndGet(5 * SECOND);
        broker.send("T", 0, "y", "");
        broker.awaitEnd("T", 0, 4);
        commit("G", 2);

        // when
        ConsumeStats all = progress("consumerGroup", "G");

        // then
        assertThat(all.queues()).hasSize(4); // as many as the topic has
        assertThat(all.queues())
                .contains(
                        new QueueProgress(
                                new MessageQueue("T", "b", 0), 4, 2, 2, 1_700_000_000_000L),
                        new QueueProgress(new MessageQueue("T", "b", 1), 0, 0, 0, 0));
        assertThat(all.behind()).isEqualTo(2);
        assertThat(progress("consumerGroup", "G", "topicList", "T;Other;")).isEqualTo(all);
        assertThat(progress("consumerGroup", "G", "topic", "Other").queues()).isEmpty();
        assertThat(progress("consumerGroup", "Nobody").queues()).isEmpty();
    }

    @Test
    void shouldTellOfTopicsThatAGroupHasOnlySubscribedTo() {
        // given
        send(1);
        broker.ask(BrokerHarness.heartbeat("c1", "G", Subscription.ofTags("T", "*", 1)));

        // then
        assertThat(progress("consumerGroup", "G").behind()).isEqualTo(1);
    }

    @Test
    void shouldTellHowFarAllGroupsHaveCome() {
        // given
        send(4);
        commit("A", 1);
        commit("B", 4);

        // when
        BrokerConsumeStats all =
                BrokerConsumeStats.decode(
                        broker.ask(RequestCode.GET_BROKER_CONSUME_STATS, "isOrder", "false")
                                .body());

        // then
        assertThat(all.brokerAddress()).isEqualTo("127.0.0.1:10911");
        assertThat(all.groups().keySet()).containsExactly("A", "B");
        assertThat(all.groups().get("A").getFirst().behind()).isEqualTo(3);
        assertThat(all.groups().get("B").getFirst().behind()).isZero();
    }

    @Test
    void shouldTellOfWhenTheMessagesAreThatWait() {
        // given
        long start = broker.wallMillis.get();
        for (int i = 0; i < 3; i++) {
            broker.send("T", 0, "x", "");
            broker.wallMillis.addAndGet(10 * SECOND);
        }
        broker.awaitEnd("T", 0, 3);
        commit("G", 1);

        // when
        Frame answer = broker.ask(RequestCode.QUERY_CONSUME_TIME_SPAN, "topic", "T", "group", "G");

        // then
        assertThat(ConsumeTimeSpan.decode(answer.body()))
                .hasSize(4)
                .startsWith(
                        new ConsumeTimeSpan(
                                new MessageQueue("T", "b", 0),
                                start,
                                start + 20 * SECOND,
                                start,
                                20 * SECOND),
                        new ConsumeTimeSpan(new MessageQueue("T", "b", 1), -1, -1, -1, 0));
        assertThat(
                        broker.ask(
                                        RequestCode.QUERY_CONSUME_TIME_SPAN,
                                        "topic",
                                        "Nowhere",
                                        "group",
                                        "G")
                                .code())
                .isEqualTo(17);
    }
}
