package bolide.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.ManualClock;
import bolide.store.Noted;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.file.MemoryVolume;
import bolide.store.file.SmallDisk;
import bolide.store.file.StorageException;
import bolide.store.index.Generation;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    private static final int SEGMENT = (int) StoreRig.SEGMENT_BYTES;
    private static final int FACTS = 50;

    private final MemoryVolume volume = new MemoryVolume();
    private final SmallDisk disk = new SmallDisk(volume, 40L * SEGMENT);

    private StoreRig open() {
        return open(new Generation.Limits(1000, SEGMENT));
    }

    private StoreRig open(Generation.Limits limits) {
        StoreConfig config =
                new StoreConfig(
                        FlushPolicy.SYNC,
                        StoreRig.INTERVAL,
                        SEGMENT,
                        limits,
                        RetentionConfig.DEFAULT);
        return new StoreRig(volume, disk, config, new ManualClock());
    }

    private static void fillSegments(StoreRig rig, int count) {
        for (int i = 0; i < count; i++) {
            rig.appendSize(1000); // begins the next one when the last is full
            rig.fillUpTo(100);
            rig.settle();
        }
    }

    private static void pass(StoreRig rig, Duration duration) {
        for (long millis = 0; millis < duration.toMillis(); millis += 100) {
            rig.settle();
            rig.clock.pass(100);
        }
    }

    private static long start(StoreRig rig) {
        return rig.store.log().segments().start();
    }

    private static void putFacts(StoreRig rig) {
        for (int i = 0; i < FACTS; i++) {
            rig.store
                    .stateLog()
                    .write(List.of(StateChange.put(StateKind.GROUP, "g" + i, new byte[] {1})));
        }
        rig.append("idle", 0, "1", "2");
        rig.settle();
    }

    private static void assertFacts(StoreRig rig) {
        Map<String, byte[]> found = new TreeMap<>();
        rig.store.forEachState(StateKind.GROUP, found::put);
        assertThat(found).hasSize(FACTS);
        assertThat(rig.append("idle", 0, "3").offsets()).containsExactly(2L);
    }

    @Test
    void shouldRetireOnADiskFilledToTheLastByte() {
        for (boolean isLogFull : new boolean[] {false, true}) {
            // given a disk on which nothing can be written any more, be it that the last segment
            // has its room, or that it is full and there is no other
            MemoryVolume memory = new MemoryVolume();
            SmallDisk full = new SmallDisk(memory, 40L * SEGMENT);
            StoreConfig config =
                    new StoreConfig(
                            FlushPolicy.SYNC,
                            StoreRig.INTERVAL,
                            SEGMENT,
                            new Generation.Limits(100_000, 100L * SEGMENT),
                            RetentionConfig.DEFAULT);
            StoreRig rig = new StoreRig(memory, full, config, new ManualClock());
            putFacts(rig);
            pass(rig, Duration.ofSeconds(2)); // a young server, too
            fillSegments(rig, 6);
            rig.appendSize(1000);
            if (isLogFull) {
                rig.fillUpTo(100);
            }
            full.fillUpTo(0);

            // when
            pass(rig, Duration.ofMinutes(2));

            // then
            assertThat(start(rig)).as("log full: %s", isLogFull).isPositive();
            assertThat(rig.failures).isEmpty();

            // and when the process ends, all of it follows from what is left
            memory.kill();
            full.others(0);
            StoreRig again = new StoreRig(memory, full, config, rig.clock);
            assertFacts(again);

            // and room is held back again
            pass(again, Duration.ofMinutes(1));
            assertThat(memory.exists("spare/reserve")).isTrue();
        }
    }

    @Test
    void shouldHoldRoomBackAlthoughTheDiskIsRatherFull() {
        // given others fill the disk above the mark, yet there is room
        SmallDisk large = new SmallDisk(volume, 100L * SEGMENT);
        large.fillUpTo(12L * SEGMENT);
        StoreRig rig = new StoreRig(volume, large, StoreRig.CONFIG, new ManualClock());

        // when
        pass(rig, Duration.ofSeconds(2));

        // then
        assertThat(volume.exists("spare/reserve")).isTrue();

        // when it is given up
        rig.store.close();
        Reserve reserve = new Reserve(large, SEGMENT);
        assertThat(reserve.fitsInto(large.usableBytes())).isTrue();
        assertThat(reserve.giveUp()).isTrue();

        // then the room stays with who needs it
        assertThat(reserve.fitsInto(large.usableBytes())).isFalse();
    }

    @Test
    void shouldHoldNothingBackAtTheVeryStart() {
        // given
        StoreRig rig = open();

        // when
        pass(rig, Duration.ofMillis(900));

        // then the syncs of a start do not wait for it
        assertThat(volume.exists("spare/reserve")).isFalse();
    }

    @Test
    void shouldTakeMessagesAgainWithoutHelpOnceSegmentsHaveGone() {
        // given
        StoreRig rig = open();
        putFacts(rig);
        pass(rig, Duration.ofSeconds(11));
        fillSegments(rig, 36); // as far as messages are taken, and a little more
        disk.fillUpTo(0);
        pass(rig, Duration.ofMillis(100));

        // when
        pass(rig, Duration.ofMinutes(2));

        // then as many have gone as bring it below the mark
        long left = rig.store.log().segments().all().length;
        assertThat(left).isBetween(25L, 36L);
        Noted noted = rig.append("a", 0, "taken");
        rig.settle();
        assertThat(noted.isAcknowledged()).isTrue();
        assertThat(rig.failures).isEmpty();
    }

    @Test
    void shouldNotRetireMoreThanNeededWhereRoomBecomesFreeLater() {
        // given
        StoreRig rig = open();
        fillSegments(rig, 10);
        pass(rig, Duration.ofSeconds(11));
        disk.freeLater();
        disk.fillUpTo(6L * SEGMENT - SEGMENT / 2); // one less, and the disk is below the mark

        // when
        pass(rig, Duration.ofSeconds(25));
        long whileRoomIsAwaited = start(rig);
        disk.free();
        pass(rig, Duration.ofMinutes(5));

        // then
        assertThat(whileRoomIsAwaited).isEqualTo(SEGMENT);
        assertThat(start(rig)).isEqualTo(SEGMENT);
    }

    @Test
    void shouldNotWaitForEverForRoomThatDoesNotCome() {
        // given
        StoreRig rig = open();
        fillSegments(rig, 10);
        pass(rig, Duration.ofSeconds(11));
        disk.freeLater();
        disk.fillUpTo(5L * SEGMENT);

        // when
        pass(rig, Duration.ofSeconds(100));

        // then
        assertThat(start(rig)).isBetween(2L * SEGMENT, 4L * SEGMENT);
    }

    @Test
    void shouldStartOnAFullDiskWithWhatIsHeldBack() {
        // given a long log, nothing of it indexed
        StoreRig rig = open(new Generation.Limits(10, SEGMENT));
        loseIndexAndFillDisk(rig);

        // when
        StoreRig again = open(new Generation.Limits(10, SEGMENT));

        // then
        assertThat(again.bodies("a", 0)).hasSize(100);
        assertThat(volume.exists("spare/reserve")).isFalse();
    }

    @Test
    void shouldNotStartWhenTheLogCannotBeIndexed() {
        // given nothing held back either
        Generation.Limits limits = new Generation.Limits(10, SEGMENT);
        StoreRig rig = open(limits);
        loseIndexAndFillDisk(rig);
        disk.delete("spare/reserve");
        disk.fillUpTo(0);

        // when // then
        assertThatThrownBy(() -> new Store(disk, rig.config))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be indexed from position 0 on; free some space");
        assertThat(volume.open()).isZero();

        // when there is room
        disk.others(0);
        assertThat(open(limits).bodies("a", 0)).hasSize(100);
    }

    private void loseIndexAndFillDisk(StoreRig rig) {
        for (int i = 0; i < 100; i++) {
            rig.append("a", 0, "message " + i);
        }
        pass(rig, Duration.ofSeconds(11));
        volume.kill();
        for (String name : volume.names()) {
            if (name.startsWith("index/") || name.startsWith("snapshot/")) {
                disk.delete(name);
            }
        }
        disk.fillUpTo(0);
    }

    @Test
    void shouldHoldNoPartOfTheRoomBack() {
        // given a disk with room for half of what would be held back
        SmallDisk small = new SmallDisk(volume, 100L * SEGMENT);
        Reserve reserve = new Reserve(small, SEGMENT);
        small.fillUpTo(SEGMENT / 2);
        volume.countIn("spare");

        // when
        reserve.hold();

        // then
        assertThat(reserve.isHeld()).isFalse();
        assertThat(reserve.giveUp()).isFalse();
        assertThat(volume.names()).isEmpty();

        // when there is room
        small.others(0);
        reserve.hold();

        // then
        assertThat(reserve.isHeld()).isTrue();
        assertThat(small.usableBytes()).isEqualTo(99L * SEGMENT);

        // when the disk does not let go of it at first
        volume.failAt(MemoryVolume.Operation.DELETE, 1);

        // then
        assertThat(reserve.giveUp()).isFalse();
        assertThat(reserve.giveUp()).isTrue();
        assertThat(small.usableBytes()).isEqualTo(100L * SEGMENT);
    }

    @Test
    void shouldRefuseMessagesAndGoOnOnADiskWithOneSegment() {
        // given
        StoreRig rig = open();
        rig.append("a", 0, "1");
        rig.settle();

        // when
        disk.fillUpTo(0);
        pass(rig, Duration.ofSeconds(30));

        // then
        assertThatThrownBy(() -> rig.append("a", 0, "2")).isInstanceOf(StoreRefusal.class);
        assertThat(rig.bodies("a", 0)).containsExactly("1");
        assertThat(rig.failures).isEmpty();
    }
}
