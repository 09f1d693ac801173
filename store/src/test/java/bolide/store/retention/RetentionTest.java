package bolide.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.ManualClock;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import bolide.store.index.Generation;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final int SEGMENT = (int) StoreRig.SEGMENT_BYTES;
    private static final Duration AGE = Duration.ofHours(1);
    private static final long LOOK_MILLIS = 10_000;

    private static StoreConfig config(RetentionConfig retention) {
        return new StoreConfig(
                FlushPolicy.SYNC,
                StoreRig.INTERVAL,
                SEGMENT,
                new Generation.Limits(1000, SEGMENT),
                retention);
    }

    private static StoreRig rig(RetentionConfig retention) {
        return new StoreRig(new MemoryVolume(), config(retention), new ManualClock());
    }

    private static StoreRig byAge() {
        return rig(RetentionConfig.DEFAULT.of(AGE, Long.MAX_VALUE));
    }

    private static void fillSegments(StoreRig rig, int count) {
        for (int i = 0; i < count; i++) {
            rig.appendSize(1000); // begins the next one when the last is full
            rig.fillUpTo(100);
            rig.settle();
        }
        rig.appendSize(1000);
        rig.settle();
    }

    private static void pass(StoreRig rig, Duration duration) {
        rig.clock.pass(duration.toMillis());
        for (int i = 0; i < 30; i++) { // each waiting for what others do
            rig.settle();
            rig.clock.pass(LOOK_MILLIS);
        }
    }

    private static long start(StoreRig rig) {
        return rig.store.log().segments().start();
    }

    private static ConsumeQueue queue(StoreRig rig, String topic) {
        return rig.store.queues().find(topic, 0).orElseThrow();
    }

    private static Map<String, String> facts(StoreRig rig, StateKind kind) {
        Map<String, String> facts = new TreeMap<>();
        rig.store.forEachState(kind, (key, value) -> facts.put(key, new String(value)));
        return facts;
    }

    private static void put(StoreRig rig, StateKind kind, String key, String value) {
        rig.store.stateLog().write(List.of(StateChange.put(kind, key, value.getBytes())));
        rig.settle();
    }

    @Test
    void shouldRetireWhatIsOldAndKeepWhatIsNot() {
        // given
        StoreRig rig = byAge();
        fillSegments(rig, 3);
        rig.clock.pass(AGE.toMillis() / 2);
        rig.append("a", 0, "young");
        fillSegments(rig, 1);

        // when
        pass(rig, AGE.dividedBy(2));

        // then all that ends before the first young message does
        assertThat(start(rig)).isEqualTo(3L * SEGMENT);
        ConsumeQueue filler = queue(rig, "filler");
        assertThat(filler.minOffset()).isBetween(1L, filler.maxOffset() - 1);
        assertThat(rig.bodies("a", 0)).containsExactly("young");
        assertThat(rig.volume.list("commitlog").getFirst())
                .isEqualTo("%020d".formatted(start(rig)));
        assertThat(rig.failures).isEmpty();
    }

    @Test
    void shouldRetireForAgeWhenTheFirstRecordOfASegmentIsDamaged() {
        for (boolean isAllDamaged : new boolean[] {false, true}) {
            // given
            StoreRig rig = byAge();
            fillSegments(rig, 4);
            byte[] nonsense = new byte[isAllDamaged ? SEGMENT : 30];
            rig.volume.overwrite("commitlog/%020d".formatted(SEGMENT), 0, nonsense);

            // when
            pass(rig, AGE.multipliedBy(2));

            // then
            assertThat(start(rig)).as("all: %s", isAllDamaged).isEqualTo(4L * SEGMENT);
            assertThat(rig.failures).isEmpty();
        }
    }

    @Test
    void shouldNeverRetireTheLastSegment() {
        // given
        StoreRig rig = byAge();
        fillSegments(rig, 2);
        rig.append("a", 0, "x");
        rig.settle();

        // when
        pass(rig, AGE.multipliedBy(9));

        // then
        assertThat(rig.store.log().segments().all()).hasSize(1);
        assertThat(rig.bodies("a", 0)).containsExactly("x");
    }

    @Test
    void shouldKeepAllThatHoldsWhenItsRecordsAreGone() {
        for (boolean withSnapshot : new boolean[] {true, false}) {
            // given facts, an idle queue, a removed topic, and a kind nobody knows
            StoreRig rig = byAge();
            StateKind later = new StateKind(60_000);
            put(rig, StateKind.TOPIC, "idle", "1");
            put(rig, StateKind.OFFSET, "g@idle", "7");
            put(rig, later, "k", "v");
            put(rig, StateKind.TOPIC, "gone", "1");
            rig.append("idle", 0, "1", "2", "3");
            rig.append("gone", 0, "1");
            rig.store.stateLog().write(List.of(StateChange.remove(StateKind.TOPIC, "gone")));
            fillSegments(rig, 3);

            // when
            pass(rig, AGE.multipliedBy(2));
            assertThat(start(rig)).isEqualTo(3L * SEGMENT);
            rig.volume.kill();
            if (!withSnapshot) {
                loseWhatFollowsFromTheLog(rig.volume);
            }
            StoreRig again = new StoreRig(rig.volume, rig.config, rig.clock);

            // then
            assertThat(facts(again, StateKind.TOPIC)).isEqualTo(Map.of("idle", "1"));
            assertThat(facts(again, StateKind.OFFSET)).isEqualTo(Map.of("g@idle", "7"));
            assertThat(facts(again, later)).isEqualTo(Map.of("k", "v"));
            assertThat(queue(again, "idle").minOffset()).isEqualTo(3);
            assertThat(queue(again, "idle").maxOffset()).isEqualTo(3);
            assertThat(again.store.queues().find("gone", 0)).isEmpty();
            assertThat(again.append("idle", 0, "4").offsets()).containsExactly(3L);
            assertThat(again.append("gone", 0, "1").offsets()).containsExactly(0L);
            again.close();
        }
    }

    private static void loseWhatFollowsFromTheLog(MemoryVolume volume) {
        for (String name : volume.names()) {
            if (name.startsWith("index/") || name.startsWith("snapshot/")) {
                volume.lose(name);
            }
        }
    }

    @Test
    void shouldKeepTheEndOfAnIdleQueueOverManyRetirements() {
        // given
        StoreRig rig = byAge();
        rig.append("idle", 0, "1", "2");

        // when
        for (int i = 0; i < 5; i++) {
            fillSegments(rig, 2);
            pass(rig, AGE.multipliedBy(2));
        }
        rig.volume.kill();
        loseWhatFollowsFromTheLog(rig.volume);
        StoreRig again = new StoreRig(rig.volume, rig.config, rig.clock);

        // then
        assertThat(queue(again, "idle").maxOffset()).isEqualTo(2);
        assertThat(again.append("idle", 0, "3").offsets()).containsExactly(2L);
    }

    @Test
    void shouldRetireTheOldestAboveASize() {
        // given
        StoreRig rig = rig(RetentionConfig.DEFAULT.of(AGE, 3L * SEGMENT));

        // when
        fillSegments(rig, 6);
        pass(rig, Duration.ZERO);

        // then
        assertThat(rig.store.log().segments().end() - start(rig)).isEqualTo(3L * SEGMENT);
    }

    @Test
    void shouldRetireForAgeOnlyInItsHour() {
        // given
        RetentionConfig atFour =
                new RetentionConfig(
                        AGE, Long.MAX_VALUE, OptionalInt.of(4), ZoneOffset.UTC, 75, 85, 90);
        StoreRig rig = rig(atFour);
        fillSegments(rig, 3);
        int hour = Instant.ofEpochMilli(rig.clock.millis()).atZone(ZoneOffset.UTC).getHour();

        // when
        pass(rig, Duration.ofHours(Math.floorMod(2 - hour, 24) + 24));
        long before = start(rig);
        pass(rig, Duration.ofHours(2));

        // then
        assertThat(before).isZero();
        assertThat(start(rig)).isPositive();
    }

    @Test
    void shouldRetireForAgeAtAnotherHourWhenAskedAndOnce() {
        // given
        RetentionConfig atFour =
                new RetentionConfig(
                        AGE, Long.MAX_VALUE, OptionalInt.of(4), ZoneOffset.UTC, 75, 85, 90);
        StoreRig rig = rig(atFour);
        fillSegments(rig, 3);
        int hour = Instant.ofEpochMilli(rig.clock.millis()).atZone(ZoneOffset.UTC).getHour();
        pass(rig, Duration.ofHours(Math.floorMod(6 - hour, 24) + 24));
        assertThat(start(rig)).isZero();

        // when
        rig.store.retireNow();
        pass(rig, Duration.ZERO);

        // then all that is old goes
        long after = start(rig);
        assertThat(after).isEqualTo(3L * SEGMENT);

        // when more grows old, and nobody asks
        fillSegments(rig, 2);
        pass(rig, Duration.ofHours(2));

        // then
        assertThat(start(rig)).isEqualTo(after);
    }

    @Test
    void shouldRetireWhateverItsAgeWhenTheDiskIsFull() {
        // given
        StoreRig rig = byAge();
        fillSegments(rig, 3);
        rig.volume.totalBytes(1000_000);
        rig.volume.usableBytes(140_000); // 86 % in use

        // when
        pass(rig, Duration.ZERO);

        // then
        assertThat(start(rig)).isPositive();
        rig.append("a", 0, "still taken");
    }

    @Test
    void shouldRefuseMessagesOnAFullDiskUntilThereIsRoomAgain() {
        // given
        StoreRig rig = byAge();
        pass(rig, Duration.ZERO); // room is held back
        rig.volume.totalBytes(100_000_000);
        rig.volume.usableBytes(9_000_000);
        pass(rig, Duration.ZERO);

        // when // then
        assertThatThrownBy(() -> rig.append("a", 0, "x"))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("in use to 91 %")
                .hasMessageContaining("fallen to 85 %");
        put(rig, StateKind.GROUP, "what the server notes", "is taken");

        // when between the marks
        rig.volume.usableBytes(12_000_000);
        pass(rig, Duration.ZERO);
        assertThatThrownBy(() -> rig.append("a", 0, "x")).isInstanceOf(StoreRefusal.class);

        // when below
        rig.volume.usableBytes(15_000_000);
        pass(rig, Duration.ZERO);
        assertThat(rig.append("a", 0, "x").offsets()).containsExactly(0L);
        assertThat(rig.failures).isEmpty();
    }

    @Test
    void shouldHideWhatATopicKeepsForLessTime() {
        // given
        StoreRig rig = byAge();
        rig.store.topicAges(() -> Map.of("brief", Duration.ofMinutes(5)));
        rig.append("brief", 0, "old");
        rig.append("a", 0, "old");
        rig.settle();
        rig.clock.pass(Duration.ofMinutes(4).toMillis());
        rig.append("brief", 0, "young");

        // when
        rig.clock.pass(Duration.ofMinutes(2).toMillis());
        rig.settle();

        // then
        assertThat(queue(rig, "brief").minOffset()).isEqualTo(1);
        assertThat(queue(rig, "brief").maxOffset()).isEqualTo(2);
        assertThat(rig.bodies("a", 0)).containsExactly("old");
    }

    @Test
    void shouldKeepASegmentForATopicThatStaysLonger() {
        // given
        StoreRig rig = byAge();
        rig.store.topicAges(() -> Map.of("long", AGE.multipliedBy(5)));
        rig.append("long", 0, "kept");
        fillSegments(rig, 3);

        // when
        pass(rig, AGE.multipliedBy(2));
        long whileKept = start(rig);
        pass(rig, AGE.multipliedBy(5));

        // then
        assertThat(whileKept).isZero();
        assertThat(start(rig)).isPositive();
    }

    @Test
    void shouldRetireNothingBeforeItIsToldWhatTopicsKeep() {
        // given
        StoreRig rig = byAge();
        fillSegments(rig, 3);
        rig.store.topicAges(null);

        // when
        pass(rig, AGE.multipliedBy(2));
        long before = start(rig);
        rig.store.topicAges(Map::of);
        pass(rig, Duration.ZERO);

        // then
        assertThat(before).isZero();
        assertThat(start(rig)).isPositive();
    }

    @Test
    void shouldNoteTheEndsOfMoreQueuesThanFitIntoOneRecord() {
        // given
        StoreRig rig = byAge();
        for (int topic = 0; topic < 600; topic++) {
            for (int queue = 0; queue < 16; queue++) {
                rig.append("idle" + topic, queue, "x");
            }
        }
        rig.settle();
        rig.appendSize(1000);

        // when
        pass(rig, AGE.multipliedBy(2));
        rig.volume.kill();
        loseWhatFollowsFromTheLog(rig.volume);
        StoreRig again = new StoreRig(rig.volume, rig.config, rig.clock);

        // then
        assertThat(start(again)).isPositive();
        assertThat(again.append("idle7", 9, "x").offsets()).containsExactly(1L);
    }

    @Test
    void shouldTryAgainWhenTheDiskRefusesToDelete() {
        // given
        StoreRig rig = byAge();
        fillSegments(rig, 2);
        rig.volume.failAt(Operation.DELETE, 1);

        // when
        pass(rig, AGE.multipliedBy(2));

        // then
        assertThat(start(rig)).isEqualTo(2L * SEGMENT);
        assertThat(rig.failures).isEmpty();
    }

    @Test
    void shouldLetReadersFinishWhatTheyHold() {
        // given
        StoreRig rig = byAge();
        fillSegments(rig, 2);
        var first = rig.store.log().segments().all()[0];
        first.retain();

        // when
        pass(rig, AGE.multipliedBy(2));

        // then
        assertThat(start(rig)).isPositive();
        assertThat(first.bytes().getInt(0)).isPositive();
        first.release();
        assertThat(first.retain()).isFalse();
    }
}
