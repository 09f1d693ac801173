package bolide.store.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.message.NewRecord;
import bolide.store.ManualClock;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import bolide.store.file.PowerCut;
import bolide.store.file.StorageException;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final int SEGMENT = (int) StoreRig.SEGMENT_BYTES;
    private static final String FIRST = "commitlog/00000000000000000000";
    private static final String SECOND = "commitlog/00000000000000065536";
    private static final String THIRD = "commitlog/00000000000000131072";

    private static StoreRig open(MemoryVolume volume) {
        return new StoreRig(volume, FlushPolicy.SYNC);
    }

    private static StoreConfig segmentsOf(long bytes) {
        return new StoreConfig(FlushPolicy.SYNC, StoreRig.INTERVAL, bytes);
    }

    /// A log of one segment and where its records begin; the last number is its end.
    private record Log(MemoryVolume volume, List<Integer> starts) {
        int end() {
            return starts.getLast();
        }

        int wholeBefore(int at) {
            return (int) starts.stream().skip(1).filter(start -> start <= at).count();
        }
    }

    private static Log logOf(int records) {
        StoreRig rig = StoreRig.sync();
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            starts.add(rig.append("a", 0, body(i)).positions().getFirst().intValue());
        }
        rig.settle();
        starts.add((int) rig.appender().appended().get());
        rig.close();
        loseAllButTheLog(rig.volume);
        return new Log(rig.volume, starts);
    }

    private static void loseWhatFollowsFromTheLog(MemoryVolume volume) {
        for (String name : volume.names()) {
            if (name.startsWith("index/") || name.startsWith("snapshot/")) {
                volume.lose(name);
            }
        }
    }

    /// As if nothing had been synced yet.
    private static void loseAllButTheLog(MemoryVolume volume) {
        for (String name : volume.names()) {
            if (!name.startsWith("commitlog/")) {
                volume.lose(name);
            }
        }
    }

    private static String body(int i) {
        return i + "-" + "x".repeat(i % 7);
    }

    private static List<String> bodies(int count) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(body(i));
        }
        return bodies;
    }

    private static Map<String, byte[]> contents(MemoryVolume volume) {
        Map<String, byte[]> contents = new TreeMap<>();
        volume.names().forEach(name -> contents.put(name, volume.read(name)));
        return contents;
    }

    private static void assertSame(MemoryVolume volume, Map<String, byte[]> before) {
        assertThat(volume.names()).containsExactlyElementsOf(before.keySet());
        before.forEach((name, bytes) ->
                assertThat(Arrays.equals(volume.read(name), bytes)).as(name).isTrue());
    }

    private static void flip(MemoryVolume volume, String name, int at) {
        volume.overwrite(name, at, new byte[] {(byte) (volume.read(name)[at] ^ 1)});
    }

    @Test
    void shouldBeginAnEmptyLog() {
        // given // when
        StoreRig rig = StoreRig.sync();

        // then
        assertThat(rig.store.recovered())
                .isEqualTo(new Recovery.Outcome(0, 0, 0, 0, "", List.of()));
        assertThat(rig.store.log().readable().get()).isZero();
    }

    @Test
    void shouldSayWhatItFound() {
        // given
        Log log = logOf(10);
        flip(log.volume(), FIRST, log.starts().get(7) + 60);

        // when
        StoreRig rig = open(log.volume());

        // then
        assertThat(rig.store.recovered())
                .isEqualTo(
                        new Recovery.Outcome(
                                0,
                                log.starts().get(7),
                                7,
                                rig.clock.millis(),
                                "record checksum does not match",
                                List.of()));
        assertThat(rig.store.log().readable().get()).isEqualTo((long) log.starts().get(7));
        assertThat(rig.store.log().flushed().get()).isEqualTo((long) log.starts().get(7));
    }

    @Test
    void shouldKeepTheWholeRecordsWhereverTheLogEnds() {
        // given
        Log log = logOf(6);
        for (int cut = log.starts().get(2); cut <= log.end(); cut++) {
            for (String way : List.of("zeros", "garbage", "short file")) {
                MemoryVolume torn = log.volume().copy();
                switch (way) {
                    case "zeros" -> torn.overwrite(FIRST, cut, new byte[SEGMENT - cut]);
                    case "garbage" -> torn.overwrite(FIRST, cut, garbage(SEGMENT - cut, cut));
                    default -> torn.truncate(FIRST, cut);
                }

                // when
                StoreRig rig = open(torn);

                // then
                int whole = log.wholeBefore(cut);
                assertThat(rig.bodies("a", 0)).as("%s from %s", way, cut).isEqualTo(bodies(whole));
                assertThat(rig.store.recovered().end()).isEqualTo((long) log.starts().get(whole));
                assertThat(torn.read(FIRST)).hasSize(SEGMENT);
                Noted next = rig.append("a", 0, "next");
                rig.settle();
                assertThat(next.offsets()).containsExactly((long) whole);
                List<String> expected = new ArrayList<>(bodies(whole));
                expected.add("next");
                StoreRig again = rig.killAndReopen();
                assertThat(again.bodies("a", 0)).isEqualTo(expected);
                assertThat(again.store.recovered().torn()).isEmpty();
            }
        }
    }

    @Test
    void shouldNotTakeABodyWhosePropertiesAreGone() {
        // given
        StoreRig rig = StoreRig.sync();
        NewRecord record = Records.of("a", 0, new byte[50], "KEYS\1one two\2TAGS\1blue\2", 0);
        rig.appender().stage("a", record, new Noted());
        rig.appender().publish();
        rig.settle();
        int size = record.encodedBytes();

        for (int from = 1; from < size; from++) {
            // when the power failed before the rest of it was written
            MemoryVolume torn = rig.volume.copy();
            torn.overwrite(FIRST, from, new byte[size - from]);
            StoreRig again = open(torn);

            // then
            assertThat(again.store.recovered().records()).as("zeros from %s", from).isZero();
        }
    }

    private static byte[] garbage(int length, long seed) {
        byte[] garbage = new byte[length];
        new SplittableRandom(seed).nextBytes(garbage);
        for (int i = 0; i < length; i++) {
            garbage[i] |= 0x20; // else, in place of a checksum, it may happen to be a property
        }
        return garbage;
    }

    @Test
    void shouldNeverBringBackAnOldRecordFromBehindTheEnd() {
        // given five records, the third of them damaged
        StoreRig first = StoreRig.sync();
        for (int i = 0; i < 5; i++) {
            first.append("a", 0, "old " + i);
        }
        first.settle();
        int size = (int) first.appender().appended().get() / 5;
        first.close();
        loseAllButTheLog(first.volume);
        flip(first.volume, FIRST, 2 * size + 70);

        // when another takes its place, and ends exactly where the old fourth begins
        StoreRig second = open(first.volume);
        second.append("a", 0, "new 2");
        second.settle();
        long end = second.appender().appended().get();

        // then
        assertThat(end).isEqualTo(3 * size);
        StoreRig third = second.killAndReopen();
        assertThat(third.bodies("a", 0)).containsExactly("old 0", "old 1", "new 2");
        assertThat(third.store.recovered().end()).isEqualTo(end);
        StoreRig fourth = third.crashAndReopen(1);
        assertThat(fourth.bodies("a", 0)).containsExactly("old 0", "old 1", "new 2");
    }

    @Test
    void shouldNeverBringBackAnOldRecordWhereverRecoveryItselfIsCut() {
        // given
        Log log = logOf(5);
        flip(log.volume(), FIRST, log.starts().get(2) + 70);
        for (int step = 1; step <= 4; step++) {
            for (long seed = 0; seed < 40; seed++) {
                MemoryVolume volume = log.volume().copy();
                volume.stopAt(step, seed);
                assertThatThrownBy(() -> new Store(volume, StoreRig.CONFIG))
                        .isInstanceOf(PowerCut.class);
                if (seed % 2 == 0) {
                    volume.kill();
                } else {
                    volume.crash(seed);
                }

                // when
                StoreRig rig = open(volume);
                rig.append("a", 0, body(2));
                rig.settle();
                StoreRig again = rig.crashAndReopen(seed);

                // then
                assertThat(again.bodies("a", 0))
                        .as("step %s, seed %s", step, seed)
                        .isEqualTo(bodies(3));
                assertThat(volume.read(FIRST)).hasSize(SEGMENT);
            }
        }
    }

    @Test
    void shouldNotTakeARecordForItsNeighbour() {
        // given a record that was written to the wrong place
        StoreRig rig = StoreRig.sync();
        rig.append("a", 0, "1");
        rig.append("a", 0, "2");
        rig.settle();
        int size = (int) rig.appender().appended().get() / 2;
        rig.close();
        loseAllButTheLog(rig.volume);
        rig.volume.overwrite(FIRST, size, Arrays.copyOf(rig.volume.read(FIRST), size));

        // when
        StoreRig again = open(rig.volume);

        // then
        assertThat(again.bodies("a", 0)).containsExactly("1");
        assertThat(again.store.recovered().torn())
                .isEqualTo("record says it belongs at position 0");
    }

    private static MemoryVolume threeSegments() {
        StoreRig rig = StoreRig.sync();
        for (int i = 0; i < 7; i++) {
            rig.appendSize(20_000);
        }
        rig.settle();
        rig.close();
        assertThat(rig.volume.names()).contains(FIRST, SECOND, THIRD);
        loseWhatFollowsFromTheLog(rig.volume);
        return rig.volume;
    }

    @Test
    void shouldPassOverDamageAndKeepEverythingElse() {
        // given damage to a record, to its size, to a record's beginning, and to a blank
        MemoryVolume whole = threeSegments();
        for (boolean withMark : new boolean[] {true, false}) {
            for (String segment : List.of(FIRST, SECOND)) {
                for (int at : new int[] {70, 25_000, 20_000, 60_001, 60_005}) {
                    MemoryVolume volume = whole.copy();
                    flip(volume, segment, at);
                    Map<String, byte[]> before = contents(volume);
                    if (!withMark) {
                        volume.lose("flushed");
                    }

                    // when
                    StoreRig rig = open(volume);

                    // then
                    Recovery.Outcome found = rig.store.recovered();
                    String as = segment + " at " + at;
                    boolean isBlank = at > 60_000;
                    assertThat(found.records()).as(as).isEqualTo(isBlank ? 7 : 6);
                    assertThat(found.damages()).as(as).hasSize(1);
                    assertThat(found.end()).isEqualTo(2 * SEGMENT + 20_000);
                    assertThat(found.torn()).isEmpty();
                    assertThat(rig.appendSize(300).offsets()).containsExactly(7L);
                    assertThat(Arrays.equals(volume.read(segment), before.get(segment)))
                            .as(as)
                            .isTrue();
                    rig.close();
                }
            }
        }
    }

    @Test
    void shouldSayWhatItPassedOver() {
        // given
        MemoryVolume volume = threeSegments();
        flip(volume, FIRST, 25_000);

        // when
        StoreRig rig = open(volume);

        // then
        assertThat(rig.store.recovered().damages())
                .containsExactly(
                        new Recovery.Damage(20_000, 40_000, "record checksum does not match"));
    }

    @Test
    void shouldNotCutOffWhatWasOnStableStorageAtTheEnd() {
        // given the last records rotten, one in the middle and the very last
        for (int rotten : new int[] {0, 3, 9}) {
            StoreRig rig = StoreRig.sync();
            for (int i = 0; i < 10; i++) {
                rig.append("a", 0, body(0));
            }
            rig.settle();
            long end = rig.appender().appended().get();
            rig.volume.kill();
            flip(rig.volume, FIRST, (int) (end / 10 * rotten + 100));

            // when
            StoreRig again = open(rig.volume);

            // then
            assertThat(again.store.recovered().end()).isEqualTo(end);
            assertThat(again.store.recovered().records()).isEqualTo(9);
            assertThat(again.store.recovered().damages()).hasSize(1);
            assertThat(again.append("a", 0, "next").offsets()).containsExactly(10L);
        }
    }

    @Test
    void shouldNotGiveOutTheNumberOfALastMessageThatTellsNothing() {
        // given queues whose last messages were consumed, one of them its first
        StoreRig rig = StoreRig.sync();
        rig.append("a", 0, "1", "2");
        rig.append("a", 1, "1");
        long lost = rig.appender().appended().get();
        rig.append("a", 0, "3");
        long lostFirst = rig.appender().appended().get();
        rig.append("a", 2, "1");
        rig.append("a", 1, "2");
        byte[] one = ByteBuffer.allocate(Long.BYTES).putLong(1).array();
        rig.store.stateLog().write(List.of(StateChange.put(StateKind.OFFSET, "g@a@2", one)));
        rig.settle();
        rig.volume.kill();
        for (long position : new long[] {lost, lostFirst}) {
            rig.volume.overwrite(FIRST, (int) position, new byte[30]); // size, queue, number
        }

        // when
        StoreRig again = open(rig.volume);

        // then
        assertThat(again.store.recovered().damages()).hasSize(1);
        assertThat(again.append("a", 0, "4").offsets().getFirst()).isGreaterThanOrEqualTo(3);
        assertThat(again.append("a", 1, "3").offsets()).containsExactly(2L); // told by a later one
        assertThat(again.append("a", 2, "2").offsets().getFirst()).isGreaterThanOrEqualTo(1);
        again.settle();
        assertThat(again.bodies("a", 0)).containsExactly("1", "2", "4");

        // and it stays so, whatever is read again
        long end = again.store.log().tails().endsOf("a")[0];
        StoreRig third = again.killAndReopen();
        assertThat(third.bodies("a", 0)).containsExactly("1", "2", "4");
        assertThat(third.append("a", 0, "5").offsets()).containsExactly(end);
        third.settle();
        StoreRig fourth = third.closeAndReopen();
        assertThat(fourth.append("a", 0, "6").offsets()).containsExactly(end + 1);
        assertThat(fourth.failures).isEmpty();
    }

    @Test
    void shouldPassOverNoNumberWhereTheLogTellsTheEndOfTheQueueLater() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.append("a", 0, "1");
        long lost = rig.appender().appended().get();
        rig.append("a", 0, "2");
        rig.store.stateLog().noteEnds(List.of("a"));
        rig.settle();
        rig.volume.kill();
        rig.volume.overwrite(FIRST, (int) lost, new byte[30]);

        // when
        StoreRig again = open(rig.volume);

        // then
        assertThat(again.store.recovered().damages()).hasSize(1);
        assertThat(again.append("a", 0, "3").offsets()).containsExactly(2L);
    }

    @Test
    void shouldNotGiveOutTheNumberOfTheFirstMessageOfAQueue() {
        // given a message whose body alone is damaged
        StoreRig rig = StoreRig.sync();
        rig.store.stateLog().write(List.of(StateChange.put(StateKind.TOPIC, "a", new byte[] {1})));
        long lost = rig.appender().appended().get();
        rig.append("a", 3, "1");
        rig.settle();
        rig.volume.kill();
        flip(rig.volume, FIRST, (int) lost + 88);

        // when
        StoreRig again = open(rig.volume);

        // then
        assertThat(again.store.recovered().damages()).hasSize(1);
        assertThat(again.append("a", 3, "2").offsets()).containsExactly(1L);
        again.settle();
        assertThat(again.bodies("a", 3)).containsExactly("2");
    }

    @Test
    void shouldPassOverASegmentOfWhichNothingIsLeft() {
        // given
        MemoryVolume volume = threeSegments();
        volume.overwrite(SECOND, 0, new byte[SEGMENT]);

        // when
        StoreRig rig = open(volume);

        // then
        assertThat(rig.store.recovered().damages())
                .containsExactly(
                        new Recovery.Damage(SEGMENT, 2 * SEGMENT, "nothing is written there"));
        assertThat(rig.store.recovered().records()).isEqualTo(4);
    }

    @Test
    void shouldBeginATopicAnewWhoseRemovalCannotBeRead() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.append("a", 0, "1", "2");
        long removal = rig.appender().appended().get();
        rig.store.stateLog().write(List.of(StateChange.remove(StateKind.TOPIC, "a")));
        rig.append("a", 0, "new");
        rig.settle();
        rig.volume.kill();
        flip(rig.volume, FIRST, (int) removal + 100);

        // when
        StoreRig again = open(rig.volume);

        // then
        assertThat(again.store.recovered().damages()).hasSize(1);
        assertThat(again.bodies("a", 0)).containsExactly("new");
        assertThat(again.append("a", 0, "next").offsets()).containsExactly(1L);
        again.close();
    }

    @Test
    void shouldRefuseAMissingLastSegment() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(100);
        rig.appendSize(1000);
        rig.settle();
        rig.volume.kill();
        rig.volume.lose(SECOND);

        // when // then
        assertThatThrownBy(() -> open(rig.volume))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("ends at 65536, but was on stable storage up to 66536")
                .hasMessageContaining("bring the missing segments back");
        assertThat(rig.volume.open()).isZero();
        assertThat(rig.volume.isClaimed()).isFalse();
    }

    @Test
    void shouldRefuseAMissingSegment() {
        // given
        MemoryVolume volume = threeSegments().copy();
        volume.lose(SECOND);

        // when // then
        assertThatThrownBy(() -> open(volume))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("segment 00000000000000131072 does not continue")
                .hasMessageContaining("ends at 65536")
                .hasMessageContaining("bring the missing segment back");
        assertThat(volume.operations()).isZero();
        assertThat(volume.open()).isZero();
    }

    @Test
    void shouldBeginWhereTheOldestSegmentBegins() {
        // given
        MemoryVolume volume = threeSegments();
        volume.lose(FIRST);

        // when
        StoreRig rig = open(volume);

        // then
        var queue = rig.store.queues().find("filler", 0).orElseThrow();
        assertThat(queue.minOffset()).isEqualTo(3);
        assertThat(queue.maxOffset()).isEqualTo(7);
        assertThat(rig.appendSize(300).offsets()).containsExactly(7L);
    }

    @Test
    void shouldRefuseAFileThatIsNoSegment() {
        for (String name :
                List.of("notes.txt", "99999999999999999999", "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠", "0")) {
            // given
            MemoryVolume volume = new MemoryVolume();
            volume.create("commitlog/" + name, 10);

            // when // then
            assertThatThrownBy(() -> open(volume))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void shouldGoOnInALastSegmentOfAnotherLength() {
        // given a log begun with small segments, partly filled
        StoreRig rig = StoreRig.sync();
        rig.appendSize(20_000);
        rig.settle();
        rig.close();

        // when it goes on with larger ones
        StoreRig larger = new StoreRig(rig.volume, segmentsOf(3L * SEGMENT), new ManualClock());
        for (int i = 0; i < 20; i++) {
            larger.appendSize(40_000);
        }
        larger.settle();
        larger.close();

        // then
        StoreRig smaller = new StoreRig(rig.volume, segmentsOf(2L * SEGMENT), new ManualClock());
        assertThat(smaller.store.queues().find("filler", 0).orElseThrow().maxOffset())
                .isEqualTo(21);
        for (int i = 0; i < 20; i++) {
            smaller.appendSize(40_000);
        }
        smaller.settle();
        StoreRig again = smaller.killAndReopen();
        assertThat(again.store.queues().find("filler", 0).orElseThrow().maxOffset()).isEqualTo(41);
        assertThat(again.store.recovered().torn()).isEmpty();
    }

    @Test
    void shouldNotLengthenAFullSegment() {
        // given a single segment with its blank, and then a config of larger ones
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(100);
        rig.volume.failAt(Operation.CREATE, 1);
        assertThatThrownBy(() -> rig.appendSize(1000)).hasMessageContaining("CREATE");
        rig.close();
        StoreConfig config = segmentsOf(3L * SEGMENT);

        // when
        StoreRig larger = new StoreRig(rig.volume, config, new ManualClock());

        // then
        assertThat(larger.store.recovered().end()).isEqualTo(SEGMENT);
        assertThat(larger.appendSize(1000).positions()).containsExactly((long) SEGMENT);
        larger.settle();
        StoreRig again = larger.killAndReopen();
        assertThat(again.store.recovered().torn()).isEmpty();
        assertThat(again.store.recovered().end()).isEqualTo(SEGMENT + 1000);
    }

    @Test
    void shouldLengthenASegmentThatWasCutAndNotLengthened() {
        // given
        Log log = logOf(5);
        log.volume().truncate(FIRST, log.end());

        // when
        StoreRig rig = open(log.volume());

        // then
        assertThat(rig.store.recovered().end()).isEqualTo(log.end());
        assertThat(log.volume().read(FIRST)).hasSize(SEGMENT);
        assertThat(rig.append("a", 0, "x").positions()).containsExactly((long) log.end());
    }

    @Test
    void shouldGoOnInASegmentOfWhichNothingIsLeft() {
        // given
        Log log = logOf(5);
        log.volume().truncate(FIRST, 0);

        // when
        StoreRig rig = open(log.volume());

        // then
        assertThat(rig.store.recovered().end()).isZero();
        assertThat(rig.append("a", 0, "x").positions()).containsExactly(0L);
    }

    @Test
    void shouldBringWhatItFoundToStableStorage() {
        for (boolean full : new boolean[] {false, true}) {
            // given a process that ended before it had synced
            StoreRig rig = StoreRig.async();
            rig.fillUpTo(full ? 100 : 1000);
            if (full) {
                rig.volume.failAt(Operation.CREATE, 1);
                assertThatThrownBy(() -> rig.appendSize(1000)).hasMessageContaining("no next");
            }
            rig.volume.kill();
            Store second = new Store(rig.volume, rig.config);
            long found = second.recovered().records();

            // when the power fails after the next has started
            rig.volume.crash(7);

            // then
            StoreRig third = new StoreRig(rig.volume, rig.config, rig.clock);
            assertThat(found).isPositive();
            assertThat(third.store.recovered().records()).as("full: %s", full).isEqualTo(found);
        }
    }

    @Test
    void shouldFailWhenWhatItFoundCannotBeSynced() {
        for (Operation operation : List.of(Operation.WRITE, Operation.SYNC, Operation.CUT)) {
            // given
            Log log = logOf(5);
            log.volume().failAt(operation, 1);

            // when // then
            assertThatThrownBy(() -> new Store(log.volume(), StoreRig.CONFIG))
                    .isInstanceOf(StorageException.class);
            assertThat(log.volume().open()).isZero();
            assertThat(log.volume().isClaimed()).isFalse();
        }
    }

    @Test
    void shouldNotBuildOnWhatAFailedSyncHasLeftInMemoryOnly() {
        for (long seed = 0; seed < 20; seed++) {
            // given
            StoreRig rig = StoreRig.sync();
            rig.append("a", 0, body(0));
            rig.settle();
            rig.append("a", 0, body(1));
            rig.volume.failAt(Operation.SYNC, 1);
            rig.settle();

            // when the next process reads it, and goes on behind it
            StoreRig next = rig.killAndReopen();
            Noted noted = next.append("a", 0, body(2));
            next.settle();

            // then
            assertThat(noted.isAcknowledged()).isTrue();
            assertThat(next.crashAndReopen(seed).bodies("a", 0)).isEqualTo(bodies(3));
        }
    }
}
