package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.message.RecordLayout;
import bolide.store.ManualClock;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RollTest {
    private static final int BLANK = RecordLayout.BLANK_BYTES;
    private static final int SEGMENT = (int) StoreRig.SEGMENT_BYTES;
    private static final int SMALLEST = Records.ofSize("filler", 0, 200).encodedBytes();

    private static List<Long> starts(StoreRig rig) {
        List<Long> starts = new ArrayList<>();
        for (Segment segment : rig.store.log().segments().all()) {
            starts.add(segment.start());
        }
        return starts;
    }

    @Test
    void shouldNameSegmentsByPosition() {
        // given
        StoreRig rig = StoreRig.sync();

        // when
        rig.fillUpTo(100);
        rig.appendSize(SMALLEST);

        // then
        assertThat(rig.volume.list("commitlog"))
                .containsExactly("00000000000000000000", "00000000000000065536");
    }

    @Test
    void shouldNameSegmentsInDigitsThatEverybodyReads() {
        // given
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

        // when
        try (StoreRig rig = StoreRig.sync()) {

            // then
            assertThat(rig.volume.list("commitlog")).containsExactly("00000000000000000000");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldFillASegmentUpToTheRoomForABlank() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(SMALLEST + BLANK);

        // when
        Noted fits = rig.appendSize(SMALLEST);
        Noted doesNot = rig.appendSize(SMALLEST);

        // then
        assertThat(fits.positions()).containsExactly((long) SEGMENT - SMALLEST - BLANK);
        assertThat(doesNot.positions()).containsExactly((long) SEGMENT);
        byte[] first = rig.volume.read("commitlog/00000000000000000000");
        ByteBuffer end = ByteBuffer.wrap(first, SEGMENT - BLANK, BLANK);
        assertThat(end.getInt()).isEqualTo(BLANK);
        assertThat(end.getInt()).isEqualTo(RecordLayout.MAGIC_BLANK);
    }

    @Test
    void shouldRollOneByteBeforeAnExactFit() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(SMALLEST + BLANK - 1);

        // when
        Noted noted = rig.appendSize(SMALLEST);

        // then
        assertThat(noted.positions()).containsExactly((long) SEGMENT);
        ByteBuffer first = ByteBuffer.wrap(rig.volume.read("commitlog/00000000000000000000"));
        int blankAt = SEGMENT - SMALLEST - BLANK + 1;
        assertThat(first.getInt(blankAt)).isEqualTo(SMALLEST + BLANK - 1);
        assertThat(first.getInt(blankAt + 4)).isEqualTo(RecordLayout.MAGIC_BLANK);
        assertThat(first.getInt(blankAt + 8)).isZero();
    }

    @Test
    void shouldGoOnOverManySegmentsForEveryWayToMeetAnEnd() {
        for (int bytesLeft = BLANK; bytesLeft < SMALLEST + 3 * BLANK; bytesLeft++) {
            // given
            StoreRig rig = StoreRig.sync();
            List<Long> offsets = new ArrayList<>();

            // when
            rig.fillUpTo(bytesLeft);
            for (int i = 0; i < 4; i++) {
                offsets.addAll(rig.appendSize(SMALLEST).offsets());
            }
            rig.settle();
            long last = offsets.getLast();

            // then
            assertThat(rig.store.queues().find("filler", 0).orElseThrow().maxOffset())
                    .as("%s bytes left", bytesLeft)
                    .isEqualTo(last + 1);
            assertThat(starts(rig)).containsExactly(0L, (long) SEGMENT);
            StoreRig again = rig.closeAndReopen();
            assertThat(again.store.queues().find("filler", 0).orElseThrow().maxOffset())
                    .isEqualTo(last + 1);
            assertThat(again.store.recovered().torn()).isEmpty();
            assertThat(again.appendSize(SMALLEST).offsets()).containsExactly(last + 1);
            again.close();
        }
    }

    @Test
    void shouldGoOnAfterAReopeningExactlyAtASegmentsEnd() {
        // given a blank was written, and no room was there for the next segment
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(100);
        rig.volume.failAt(Operation.CREATE, 1);
        assertThatThrownBy(() -> rig.appendSize(SMALLEST)).isInstanceOf(StoreRefusal.class);
        rig.turns.step("flusher");
        rig.volume.kill();

        // when
        StoreRig again = new StoreRig(rig.volume, rig.config, rig.clock);

        // then
        assertThat(again.store.recovered().end()).isEqualTo(SEGMENT);
        assertThat(starts(again)).containsExactly(0L);
        Noted noted = again.appendSize(SMALLEST);
        again.settle();
        assertThat(noted.positions()).containsExactly((long) SEGMENT);
        assertThat(noted.isAcknowledged()).isTrue();
        assertThat(starts(again)).containsExactly(0L, (long) SEGMENT);
        again.close();
    }

    @Test
    void shouldTakeTheLargestAppendAndNothingAboveIt() {
        // given
        StoreRig rig = StoreRig.sync();

        // when
        Noted largest = rig.appendSize(SEGMENT - BLANK);
        rig.settle();

        // then
        assertThat(largest.isAcknowledged()).isTrue();
        assertThatThrownBy(() -> rig.appendSize(SEGMENT - BLANK + 1))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("more than the " + (SEGMENT - BLANK) + " bytes");
        Noted again = rig.appendSize(SEGMENT - BLANK);
        rig.settle();
        assertThat(again.positions()).containsExactly((long) SEGMENT);
        assertThat(Records.read(rig.store, rig.store.queues().find("filler", 0).orElseThrow()))
                .hasSize(2);
        rig.close();
    }

    @Test
    void shouldTakeEightMebibytesAtOnceWhereSegmentsAreLarger() {
        // given
        StoreConfig config =
                new StoreConfig(FlushPolicy.ASYNC, StoreRig.INTERVAL, 20L * 1024 * 1024);
        StoreRig rig = new StoreRig(new MemoryVolume(), config, new ManualClock());
        rig.appendSize(100_000);

        // when
        Noted first = rig.appendSize(Appender.MAX_APPEND_BYTES);
        Noted second = rig.appendSize(Appender.MAX_APPEND_BYTES);
        Noted third = rig.appendSize(Appender.MAX_APPEND_BYTES);
        rig.settle();

        // then
        assertThat(first.positions()).containsExactly(100_000L);
        assertThat(second.isAcknowledged()).isTrue();
        assertThat(third.positions()).containsExactly(20L * 1024 * 1024);
        assertThatThrownBy(() -> rig.appendSize(Appender.MAX_APPEND_BYTES + 1))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("8388608");
        assertThat(Records.read(rig.store, rig.store.queues().find("filler", 0).orElseThrow()))
                .hasSize(4);
        rig.close();
    }

    @Test
    void shouldCountAllRecordsOfABatchAgainstTheLimit() {
        // given
        StoreRig rig = StoreRig.sync();
        String body = "x".repeat(SEGMENT / 4);

        // when // then
        assertThatThrownBy(() -> rig.stage("a", 0, body, body, body, body))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("send less at once");
        assertThat(rig.append("a", 0, body, body, body).offsets()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldNotTearABatchBetweenSegments() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(3 * SMALLEST);

        // when
        Noted batch = rig.append("a", 0, "1".repeat(200), "2".repeat(200), "3".repeat(200));

        // then
        assertThat(batch.positions().getFirst()).isEqualTo(SEGMENT);
    }

    @Test
    void shouldStageMoreThanTheStagingHoldsWithoutAPublish() {
        // given
        StoreRig rig = StoreRig.sync();
        List<Noted> all = new ArrayList<>();

        // when
        for (int i = 0; i < 1000; i++) {
            all.add(rig.stage("a", 0, "x".repeat(500)));
        }
        rig.appender().publish();
        rig.settle();

        // then
        assertThat(all).allMatch(Noted::isAcknowledged);
        assertThat(rig.bodies("a", 0)).hasSize(1000);
        assertThat(starts(rig)).hasSizeGreaterThan(8);
        rig.close();
    }

    @Test
    void shouldSyncASegmentBeforeThereIsANextOne() {
        // given
        StoreRig rig = StoreRig.async();
        rig.fillUpTo(100);
        long syncs = rig.volume.count(Operation.SYNC);

        // when
        rig.volume.failAt(Operation.CREATE, 1);
        assertThatThrownBy(() -> rig.appendSize(SMALLEST)).isInstanceOf(StoreRefusal.class);

        // then
        assertThat(rig.volume.count(Operation.SYNC)).isEqualTo(syncs + 1);
        rig.volume.crash(1);
        StoreRig again = new StoreRig(rig.volume, rig.config, rig.clock);
        assertThat(again.store.recovered().end()).isEqualTo(SEGMENT);
        again.close();
    }

    @Test
    void shouldRefuseAFullDiskAtARollAndHealWhenThereIsRoom() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(100);
        rig.volume.usableBytes(SEGMENT - 1);

        // when // then
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> rig.appendSize(SMALLEST))
                    .isInstanceOf(StoreRefusal.class)
                    .hasMessageContaining("no room for more messages: no space left");
            rig.settle();
        }
        assertThat(rig.failures).isEmpty();

        // when
        rig.volume.usableBytes(SEGMENT);
        Noted noted = rig.appendSize(SMALLEST);
        rig.settle();

        // then
        assertThat(noted.isAcknowledged()).isTrue();
        rig.close();
    }

    @Test
    void shouldAcknowledgeWhatWasWrittenBeforeTheDiskWasFull() {
        // given one message that fits, and another's that does not
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(2 * SMALLEST);
        rig.volume.usableBytes(0);
        Noted fits = new Noted();
        rig.appender().stage("filler", Records.ofSize("filler", 0, SMALLEST), fits);
        assertThatThrownBy(() -> rig.stage("a", 0, "x".repeat(300)))
                .isInstanceOf(StoreRefusal.class);

        // when
        rig.appender().publish();
        rig.settle();

        // then
        assertThat(fits.isAcknowledged()).isTrue();
        assertThat(rig.store.log().readable().get()).isEqualTo(SEGMENT);
        assertThat(rig.turns.step("dispatcher")).isFalse();
        rig.close();
    }

    @Test
    void shouldHealWhenTheNextSegmentWasNamedInVain() {
        for (Operation failing :
                List.of(Operation.CREATE, Operation.RENAME, Operation.SYNC_NAMES)) {
            // given
            StoreRig rig = StoreRig.sync();
            rig.settle(); // prepares the next segment
            rig.fillUpTo(100);
            rig.volume.failAt(failing, 1);

            // when
            for (int i = 0; i < 2; i++) {
                try {
                    rig.appendSize(SMALLEST);
                } catch (StoreRefusal expected) {
                    assertThat(expected).hasMessageContaining("no next log segment");
                }
            }
            Noted noted = rig.appendSize(SMALLEST);
            rig.settle();

            // then
            assertThat(noted.isAcknowledged()).as("%s", failing).isTrue();
            rig.close();
        }
    }

    @Test
    void shouldNotRefuseThePublisherForAnothersRoll() {
        // given a message that waits for the next segment, which is then refused
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(2 * SMALLEST);
        Noted staged = new Noted();
        rig.appender().stage("filler", Records.ofSize("filler", 0, SMALLEST), staged);
        rig.volume.failAt(Operation.CREATE, 1);
        rig.volume.usableBytes(0);
        try {
            rig.stage("a", 0, "x".repeat(300));
        } catch (StoreRefusal expected) {
            assertThat(expected).hasMessageContaining("no next log segment");
        }

        // when
        rig.appender().publish();

        // then
        rig.settle();
        assertThat(staged.isAcknowledged()).isTrue();
    }

    @Test
    void shouldTryAgainWhenTheNextSegmentCouldNotBeCreated() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(100);
        rig.volume.failAt(Operation.CREATE, 1);

        // when // then
        assertThatThrownBy(() -> rig.appendSize(SMALLEST))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("input/output error: CREATE");
        assertThat(rig.failures).isEmpty();
        assertThat(rig.appendSize(SMALLEST).positions()).containsExactly((long) SEGMENT);
        rig.close();
    }

    @Test
    void shouldStartOnAFullDiskAndTakeMessagesWhenThereIsRoom() {
        // given
        MemoryVolume volume = new MemoryVolume();
        volume.usableBytes(1000);
        StoreRig rig = new StoreRig(volume, FlushPolicy.SYNC);
        rig.settle();

        // when // then
        assertThatThrownBy(() -> rig.appendSize(SMALLEST))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("no room for more messages");

        // when
        volume.usableBytes(Long.MAX_VALUE);
        Noted noted = rig.appendSize(SMALLEST);
        rig.settle();

        // then
        assertThat(noted.isAcknowledged()).isTrue();
        assertThat(rig.failures).isEmpty();
        rig.close();
    }
}
