package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.SysFlag;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.StoreRig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppendTest {
    private final StoreRig rig = StoreRig.sync();

    @AfterEach
    void close() {
        rig.close();
    }

    private List<MessageRecord> read(String topic, int queueId) {
        return Records.read(rig.store, rig.store.queues().find(topic, queueId).orElseThrow());
    }

    @Test
    void shouldNumberEachQueueFromZero() {
        // given // when
        Noted first = rig.stage("a", 0, "1");
        Noted otherQueue = rig.stage("a", 1, "2");
        Noted otherTopic = rig.stage("b", 0, "3");
        Noted second = rig.stage("a", 0, "4");

        // then
        assertThat(first.offsets()).containsExactly(0L);
        assertThat(otherQueue.offsets()).containsExactly(0L);
        assertThat(otherTopic.offsets()).containsExactly(0L);
        assertThat(second.offsets()).containsExactly(1L);
    }

    @Test
    void shouldGiveABatchNeighbouringOffsetsAndPositions() {
        // given
        rig.stage("a", 0, "before");
        int size = Records.of("a", 0, "one").encodedBytes();

        // when
        Noted batch = rig.stage("a", 0, "one", "two", "six");

        // then
        assertThat(batch.offsets()).containsExactly(1L, 2L, 3L);
        long start = batch.positions().getFirst();
        assertThat(batch.positions()).containsExactly(start, start + size, start + 2 * size);
    }

    @Test
    void shouldNumberABatchOverSeveralQueuesWithinEach() {
        // given
        Noted noted = new Noted();
        List<NewRecord> records =
                List.of(Records.of("a", 2, "x"), Records.of("a", 0, "y"), Records.of("a", 2, "z"));

        // when
        rig.appender().stage("a", records, noted);

        // then
        assertThat(noted.offsets()).containsExactly(0L, 0L, 1L);
    }

    @Test
    void shouldStoreTheNumbersItTold() {
        // given
        rig.clock.set(1234567890123L);

        // when
        Noted noted = rig.append("topic", 3, "one", "two");
        rig.settle();

        // then
        List<MessageRecord> records = read("topic", 3);
        assertThat(records).extracting(MessageRecord::queueOffset).isEqualTo(noted.offsets());
        assertThat(records).extracting(MessageRecord::position).isEqualTo(noted.positions());
        assertThat(records)
                .extracting(MessageRecord::storeTimestamp)
                .containsExactly(1234567890123L, 1234567890123L);
        assertThat(rig.bodies("topic", 3)).containsExactly("one", "two");
    }

    @Test
    void shouldWriteWhatOthersHaveStagedToo() {
        // given
        rig.stage("a", 0, "1");
        rig.stage("b", 0, "2");
        long writes = rig.volume.count(bolide.store.file.MemoryVolume.Operation.WRITE);

        // when
        rig.append("c", 0, "3");

        // then
        assertThat(rig.volume.count(bolide.store.file.MemoryVolume.Operation.WRITE))
                .isEqualTo(writes + 1);
        rig.settle();
        assertThat(rig.bodies("a", 0)).containsExactly("1");
        assertThat(rig.bodies("b", 0)).containsExactly("2");
        assertThat(rig.bodies("c", 0)).containsExactly("3");
    }

    @Test
    void shouldDoNothingWhenNothingIsStaged() {
        // given
        long operations = rig.volume.operations();

        // when
        rig.appender().publish();

        // then
        assertThat(rig.volume.operations()).isEqualTo(operations);
    }

    @Test
    void shouldNeverGoBackInStoreTime() {
        // given
        rig.clock.set(5000);
        rig.append("a", 0, "1");

        // when
        rig.clock.set(3000);
        rig.append("a", 0, "2");
        rig.clock.set(6000);
        rig.append("a", 0, "3");
        rig.settle();

        // then
        assertThat(read("a", 0))
                .extracting(MessageRecord::storeTimestamp)
                .containsExactly(5000L, 5000L, 6000L);
    }

    @Test
    void shouldNotGoBackInStoreTimeAfterARestartEither() {
        // given
        rig.clock.set(5000);
        rig.append("a", 0, "1");
        rig.settle();

        // when
        rig.clock.set(3000);
        try (StoreRig again = rig.closeAndReopen()) {
            again.append("a", 0, "2");
            again.settle();

            // then
            assertThat(Records.read(again.store, again.store.queues().find("a", 0).orElseThrow()))
                    .extracting(MessageRecord::storeTimestamp)
                    .containsExactly(5000L, 5000L);
        }
    }

    @Test
    void shouldGiveNoNumberToWhatNoConsumerSees() {
        // given
        Noted half = new Noted();
        Noted rolledBack = new Noted();
        Noted committed = new Noted();

        // when
        rig.append("a", 0, "1");
        rig.appender().stage("a", Records.of("a", 0, new byte[1], "", SysFlag.PREPARED), half);
        rig.appender()
                .stage("a", Records.of("a", 0, new byte[1], "", SysFlag.ROLLED_BACK), rolledBack);
        rig.appender()
                .stage("a", Records.of("a", 0, "2".getBytes(), "", SysFlag.COMMITTED), committed);
        rig.append("a", 0, "3");
        rig.settle();

        // then
        assertThat(half.offsets()).containsExactly(0L);
        assertThat(rolledBack.offsets()).containsExactly(0L);
        assertThat(committed.offsets()).containsExactly(1L);
        assertThat(rig.bodies("a", 0)).containsExactly("1", "2", "3");
        try (StoreRig again = rig.closeAndReopen()) {
            assertThat(again.bodies("a", 0)).containsExactly("1", "2", "3");
            assertThat(again.append("a", 0, "4").offsets()).containsExactly(3L);
        }
    }

    @Test
    void shouldRefuseARecordThatCouldNotBeReadBack() {
        // given
        String properties = "k\1" + "v".repeat(32767) + "\2";
        Noted noted = new Noted();

        // when // then
        assertThatThrownBy(() ->
                        rig.appender()
                                .stage("a", Records.of("a", 0, new byte[1], properties, 0), noted))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("properties of");
        assertThatThrownBy(() -> rig.appender().stage("a", Records.of("a", -1, "x"), noted))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("queue -1");
        assertThatThrownBy(() ->
                        rig.appender().stage("a", Records.of("t".repeat(65_536), 0, "x"), noted))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic of");
        assertThat(rig.append("a", 0, "still works").offsets()).containsExactly(0L);
    }

    @Test
    void shouldKeepATopicOfTheLargestLength() {
        // given
        String topic = "t".repeat(300);

        // when
        rig.append(topic, 0, "body");
        rig.settle();

        // then
        assertThat(rig.bodies(topic, 0)).containsExactly("body");
    }

    @Test
    void shouldStopWhenAListenerBreaksWithinAnAppend() {
        // given
        IllegalStateException bug = new IllegalStateException("bug");
        AppendListener broken =
                new AppendListener() {
                    @Override
                    public void placed(int index, long queueOffset, long position) {
                        if (index == 1) {
                            throw bug;
                        }
                    }

                    @Override
                    public void readable() {
                        throw new AssertionError("part of an append was acknowledged");
                    }
                };
        List<NewRecord> batch = List.of(Records.of("a", 0, "1"), Records.of("a", 0, "2"));
        Noted before = rig.stage("a", 0, "0");

        // when // then
        assertThatThrownBy(() -> rig.appender().stage("a", batch, broken)).isSameAs(bug);
        assertThat(rig.failures).containsExactly(bug);
        assertThatThrownBy(() -> rig.append("a", 0, "3"))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("bug");
        rig.settle();
        assertThat(before.isAcknowledged()).isFalse();
        try (StoreRig again = rig.closeAndReopen()) {
            assertThat(again.bodies("a", 0)).isEmpty();
        }
    }

    @Test
    void shouldRunWhatBelongsUnderTheLockBetweenTwoAppends() {
        // given
        rig.append("a", 0, "1");

        // when
        rig.appender()
                .stage(
                        "b",
                        List.of(Records.of("b", 0, "x")),
                        () -> rig.store.log().tails().forget("a"),
                        new Noted());

        // then
        assertThat(rig.append("a", 0, "2").offsets()).containsExactly(0L);
    }

    @Test
    void shouldRefuseWhenClosed() {
        // given
        rig.store.close();

        // when // then
        assertThatThrownBy(() -> rig.stage("a", 0, "late"))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("closed");
    }
}
