package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.offset.CloneOffsets;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.offset.CommittedOffset;
import bolide.protocol.offset.QueueOffsets;
import bolide.protocol.offset.ResetOffset;
import bolide.protocol.pull.PullResponse;
import bolide.protocol.route.MessageQueue;
import bolide.store.commitlog.FlushPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Groups are sent to other offsets, and their members are told.
final class ResetOffsetTest {
    private static final int MOVED = 21;
    private static final long LATER = 10_000;

    @TempDir Path data;
    private BrokerHarness broker;
    private long start;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
        start = broker.wallMillis.get();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    /// Ten messages: five at the start, five later; the group has consumed eight of them.
    private void given() {
        for (int i = 0; i < 10; i++) {
            broker.wallMillis.set(i < 5 ? start : start + LATER);
            broker.send("T", 0, "m" + i, "");
        }
        broker.awaitEnd("T", 0, 10);
        commit(8);
    }

    private void commit(long offset) {
        assertThat(broker.ask(new CommitOffset("G", "T", 0, offset).encode()).code()).isZero();
    }

    private long committed(String group) {
        return broker.ask(new CommittedOffset(group, "T", 0, false).encode())
                .fields()
                .number("offset");
    }

    private Frame reset(long timestamp, int queueId, long offset) {
        return broker.ask(new ResetOffset("T", "G", timestamp, queueId, offset).encode());
    }

    private SortedMap<MessageQueue, Long> resetTo(long timestamp) {
        Frame answer = reset(timestamp, ResetOffset.ALL_QUEUES, ResetOffset.BY_TIME);
        assertThat(answer.code()).as(answer.remark()).isZero();
        return QueueOffsets.decode(answer.body());
    }

    private static MessageQueue queue(int id) {
        return new MessageQueue("T", "b", id);
    }

    @Test
    void shouldSendAGroupToATimeInEveryQueue() {
        // given
        given();

        // when
        SortedMap<MessageQueue, Long> offsets = resetTo(start + 1);

        // then
        assertThat(offsets).hasSize(4).containsEntry(queue(0), 5L).containsEntry(queue(1), 0L);
        assertThat(committed("G")).isEqualTo(5);
    }

    @Test
    void shouldSendAGroupToTheEnd() {
        given();
        assertThat(resetTo(ResetOffset.TO_THE_END)).containsEntry(queue(0), 10L);
    }

    @Test
    void shouldSendAGroupToAnOffsetOfOneQueue() {
        // given
        given();

        // when
        Frame answer = reset(0, 0, 3);

        // then
        assertThat(QueueOffsets.decode(answer.body())).containsOnlyKeys(queue(0));
        assertThat(committed("G")).isEqualTo(3);
    }

    @Test
    void shouldTellAMemberWithItsNextPullAndOnce() {
        // given
        given();
        resetTo(start + 1);

        // when
        Frame told = broker.ask(BrokerHarness.pull("T", 0, 8, "*").encode());
        Frame next = broker.ask(BrokerHarness.pull("T", 0, 8, "*").encode());

        // then
        assertThat(told.code()).isEqualTo(MOVED);
        PullResponse response = PullResponse.decode(told.fields());
        assertThat(response.nextBeginOffset()).isEqualTo(5);
        assertThat(response.minOffset()).isZero();
        assertThat(response.maxOffset()).isEqualTo(10);
        assertThat(next.code()).isZero();
    }

    @Test
    void shouldTellAMemberThatWaitsForMessages() {
        // given
        given();
        int held =
                broker.post(
                        broker.client, BrokerHarness.heldPull("T", 0, 10, "*", 60_000).encode());
        assertThat(broker.client.responses(held)).isEmpty();

        // when
        FakeClient tool = new FakeClient(1);
        broker.ask(
                tool,
                new ResetOffset("T", "G", start, ResetOffset.ALL_QUEUES, ResetOffset.BY_TIME)
                        .encode());

        // then
        Frame told = broker.answer(broker.client, held);
        assertThat(told.code()).isEqualTo(MOVED);
        assertThat(PullResponse.decode(told.fields()).nextBeginOffset()).isZero();
    }

    @Test
    void shouldTellAMemberThatIsAboutToWait() {
        // given
        given();
        FakeClient tool = new FakeClient(1);
        ResetOffset toTheStart = new ResetOffset("T", "G", start, 0, 2);
        broker.timers.meanwhile = () -> broker.ask(tool, toTheStart.encode());

        // when
        Frame told = broker.ask(BrokerHarness.heldPull("T", 0, 10, "*", 60_000).encode());

        // then
        assertThat(told.code()).isEqualTo(MOVED);
        assertThat(PullResponse.decode(told.fields()).nextBeginOffset()).isEqualTo(2);
    }

    @Test
    void shouldIgnoreCommitsUntilAMemberHasBeenTold() {
        // given
        given();
        resetTo(start);

        // when
        commit(9);

        // then
        assertThat(committed("G")).isZero();

        // when
        broker.ask(BrokerHarness.pull("T", 0, 8, "*").encode());
        commit(2);

        // then
        assertThat(committed("G")).isEqualTo(2);
    }

    @Test
    void shouldKeepTheNewOffsetOverARestart() {
        // given
        given();
        resetTo(start + 1);

        // when
        broker.close();
        broker = new BrokerHarness(data, FlushPolicy.SYNC);

        // then
        assertThat(committed("G")).isEqualTo(5);
    }

    @Test
    void shouldLeaveOtherGroupsAlone() {
        // given
        given();
        assertThat(broker.ask(new CommitOffset("Other", "T", 0, 7).encode()).code()).isZero();

        // when
        resetTo(start);

        // then
        assertThat(committed("Other")).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"Nowhere,G,0,-1,17", "T,Nobody,0,-1,26", "T,G,9,-1,29", "T,G,0,11,1"})
    void shouldRefuseWhatIsNotThere(
            String topic, String group, int queueId, long offset, int code) {
        // given
        given();

        // when
        Frame answer = broker.ask(new ResetOffset(topic, group, start, queueId, offset).encode());

        // then
        assertThat(answer.code()).isEqualTo(code);
        assertThat(committed("G")).isEqualTo(8);
    }

    @Test
    void shouldLetAGroupBeginWhereAnotherIs() {
        // given
        given();

        // when
        Frame answer = broker.ask(new CloneOffsets("G", "New", "T").encode());

        // then
        assertThat(answer.code()).isZero();
        assertThat(committed("New")).isEqualTo(8);
        assertThat(broker.ask(new CloneOffsets("Nobody", "New", "").encode()).code()).isEqualTo(26);
        assertThat(broker.ask(new CloneOffsets("G", "Else", "Nowhere").encode()).code()).isZero();
        assertThat(broker.ask(new CommittedOffset("Else", "T", 0, false).encode()).code())
                .isEqualTo(22);
    }

    @Test
    void shouldLetAGroupThatHasBeenSentElsewhereBeginWhereAnotherIs() {
        // given
        given();
        assertThat(broker.ask(new CommitOffset("Other", "T", 0, 7).encode()).code()).isZero();
        resetTo(start);

        // when
        Frame answer = broker.ask(new CloneOffsets("Other", "G", "T").encode());

        // then
        assertThat(answer.code()).isZero();
        assertThat(committed("G")).isEqualTo(7);
        assertThat(broker.ask(BrokerHarness.pull("T", 0, 7, "*").encode()).code()).isZero();
    }

    @Test
    void shouldSayThatOffsetsHoldButAreNotWritten() {
        // given
        given();
        assertThat(broker.ask(new CommitOffset("Other", "T", 0, 7).encode()).code()).isZero();
        broker.store.log().stop();

        // when
        Frame reset = reset(0, 0, 3);
        Frame cloned = broker.ask(new CloneOffsets("G", "Other", "T").encode());
        Frame committed = broker.ask(new CommitOffset("Other", "T", 0, 4).encode());
        Frame ofNewGroup = broker.ask(new CommitOffset("New", "T", 0, 4).encode());

        // then
        for (Frame answer : List.of(reset, cloned, committed)) {
            assertThat(answer.code()).isEqualTo(14);
            assertThat(answer.remark()).contains("holds, but is not written", "log is closed");
        }
        assertThat(ofNewGroup.code()).isEqualTo(14);
        assertThat(ofNewGroup.remark()).contains("a new consumer group cannot be noted");
        assertThat(committed("G")).isEqualTo(3);
        assertThat(committed("Other")).isEqualTo(4);
    }

    @Test
    void shouldForgetToTellOfATopicThatIsGone() {
        // given
        given();
        resetTo(start + 1);
        broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T");

        // when
        broker.send("T", 0, "again", "");
        broker.awaitEnd("T", 0, 1);

        // then
        assertThat(broker.ask(BrokerHarness.pull("T", 0, 0, "*").encode()).code()).isZero();
    }
}
