package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.ManualClock;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FlushTest {
    @Test
    void shouldAcknowledgeAndShowOnlyWhatIsSyncedUnderSync() {
        // given
        StoreRig rig = StoreRig.sync();
        Noted staged = rig.stage("a", 0, "1");

        // when
        rig.settle();

        // then
        assertThat(staged.isAcknowledged()).isFalse();
        assertThat(rig.appender().appended().get()).isZero();

        // when
        rig.appender().publish();
        rig.turns.step("dispatcher");

        // then
        long end = rig.appender().appended().get();
        assertThat(end).isPositive();
        assertThat(rig.store.log().readable().get()).isZero();
        assertThat(staged.isAcknowledged()).isFalse();
        assertThat(rig.bodies("a", 0)).isEmpty();

        // when
        rig.settle();

        // then
        assertThat(rig.store.log().flushed().get()).isEqualTo(end);
        assertThat(rig.store.log().readable().get()).isEqualTo(end);
        assertThat(staged.isAcknowledged()).isTrue();
        assertThat(rig.bodies("a", 0)).containsExactly("1");
        rig.close();
    }

    @Test
    void shouldAcknowledgeAndShowWhatIsWrittenUnderAsync() {
        // given
        StoreRig rig = StoreRig.async();
        Noted staged = rig.stage("a", 0, "1");
        assertThat(staged.isAcknowledged()).isFalse();

        // when
        rig.appender().publish();

        // then
        assertThat(staged.isAcknowledged()).isTrue();
        assertThat(rig.store.log().readable().get())
                .isEqualTo(rig.appender().appended().get())
                .isPositive();
        assertThat(rig.store.log().flushed().get()).isZero();
        rig.turns.step("dispatcher");
        assertThat(rig.bodies("a", 0)).containsExactly("1");
        rig.close();
    }

    @Test
    void shouldServeEverybodyWhoWaitsWithOneSync() {
        // given
        StoreRig rig = StoreRig.sync();
        List<Noted> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waiting.add(rig.append("a", i % 7, "x"));
        }
        long syncs = rig.volume.count(Operation.SYNC);

        // when
        rig.settle();

        // then
        assertThat(waiting).allMatch(Noted::isAcknowledged);
        assertThat(rig.volume.count(Operation.SYNC)).isEqualTo(syncs + 1);
        rig.close();
    }

    @Test
    void shouldTellWhatAPowerCutWouldTake() {
        // given
        StoreRig rig = StoreRig.async();
        rig.settle();
        rig.clock.pass(100);

        // when // then
        assertThat(rig.store.log().lossWindow()).isEqualTo(new LossWindow(0, 0));
        rig.append("a", 0, "x");
        long bytes = rig.appender().appended().get();
        assertThat(rig.store.log().lossWindow()).isEqualTo(new LossWindow(bytes, 100));
        rig.clock.pass(StoreRig.INTERVAL.toMillis());
        rig.settle();
        assertThat(rig.store.log().lossWindow()).isEqualTo(new LossWindow(0, 0));
        rig.close();
    }

    @Test
    void shouldNoticeThatWhatWasAcknowledgedIsNotSynced() {
        // given an idle time, then a message
        StoreRig rig = StoreRig.async();
        LossWatch watch = new LossWatch(rig.store.log(), StoreRig.INTERVAL, rig.clock);
        watch.step();
        rig.clock.pass(60_000);
        watch.step();
        rig.append("a", 0, "x");

        // when the disk is slow
        boolean[] wide = new boolean[6];
        for (int i = 0; i < wide.length; i++) {
            watch.step();
            wide[i] = watch.isWide();
            rig.clock.pass(1000);
        }

        // then
        assertThat(wide).containsExactly(false, false, false, false, false, true);

        // when it has caught up
        rig.settle();
        watch.step();

        // then
        assertThat(watch.isWide()).isFalse();
        rig.close();
    }

    @Test
    void shouldNotSyncWhenThereIsNothingNew() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.append("a", 0, "x");
        rig.settle();
        long syncs = rig.volume.count(Operation.SYNC);

        // when
        rig.clock.pass(100_000);
        rig.settle();

        // then
        assertThat(rig.volume.count(Operation.SYNC)).isEqualTo(syncs);
        rig.close();
    }

    @Test
    void shouldAcknowledgeInTheOrderOfPositions() {
        for (FlushPolicy policy : FlushPolicy.values()) {
            // given
            StoreRig rig = new StoreRig(new MemoryVolume(), policy);
            List<Integer> order = new ArrayList<>();

            // when
            for (int i = 0; i < 300; i++) {
                int number = i;
                rig.appender()
                        .stage(
                                "a",
                                Records.of("a", i % 3, "x".repeat(i)),
                                new Noted(() -> order.add(number)));
                if (i % 7 == 0) {
                    rig.appender().publish();
                }
                if (i % 50 == 0) {
                    rig.settle();
                }
            }
            rig.appender().publish();
            rig.settle();

            // then
            assertThat(order).as("%s", policy).hasSize(300).isSorted();
            rig.close();
        }
    }

    @Test
    void shouldSyncEveryIntervalUnderAsync() {
        // given
        StoreRig rig = StoreRig.async();
        rig.settle();
        long syncs = rig.volume.count(Operation.SYNC);

        // when
        rig.append("a", 0, "1");
        rig.clock.pass(499);
        rig.settle();

        // then
        assertThat(rig.volume.count(Operation.SYNC)).isEqualTo(syncs);

        // when
        rig.clock.pass(1);
        rig.settle();

        // then
        assertThat(rig.volume.count(Operation.SYNC)).isEqualTo(syncs + 1);
        assertThat(rig.store.log().flushed()).extracting(p -> p.get()).isEqualTo(end(rig));
        rig.close();
    }

    private static long end(StoreRig rig) {
        return rig.appender().appended().get();
    }

    @Test
    void shouldLeaveNothingUnsyncedForLongerThanTheInterval() {
        // given a writer and a flusher that rests exactly as long as it asks for
        StoreRig rig = StoreRig.async();
        long interval = StoreRig.INTERVAL.toMillis();
        List<long[]> unsynced = new ArrayList<>(); // position, time of its writing
        long oldest = 0;

        // when
        for (int i = 0; i < 5000; i++) {
            if (i % 3 == 0 || i % 1000 < 10) {
                rig.append("a", 0, "x");
                unsynced.add(new long[] {end(rig), rig.clock.getAsLong()});
            }
            rig.settle();
            long flushed = rig.store.log().flushed().get();
            unsynced.removeIf(written -> written[0] <= flushed);
            for (long[] written : unsynced) {
                oldest = Math.max(oldest, rig.clock.getAsLong() - written[1]);
            }
            rig.clock.pass(1 + i % 13);
        }

        // then
        assertThat(oldest).isLessThanOrEqualTo((interval + 13) * 1_000_000);
        assertThat(rig.volume.count(Operation.SYNC)).isLessThan(100);
        rig.close();
    }

    @Test
    void shouldAskForARestThatIsNeverZero() {
        // given a clock that runs on between two looks at it
        long[] now = {0};
        Flusher[] flusher = new Flusher[1];
        MemoryVolume volume = new MemoryVolume();
        Segments segments = Segments.open(volume, StoreRig.SEGMENT_BYTES);
        segments.addNext();
        flusher[0] =
                new Flusher(
                        segments,
                        FlushedMark.open(volume),
                        0,
                        FlushPolicy.ASYNC,
                        1000,
                        () -> now[0],
                        new Failure(failure -> {}),
                        () -> {});
        flusher[0].written(10, List.of());

        // when it becomes due right after a step that found it not due
        now[0] = 999;
        boolean stepped = flusher[0].step();
        now[0] = 1000;
        long rest = flusher[0].restNanos();

        // then
        assertThat(stepped).isFalse();
        assertThat(rest).isEqualTo(1);
        assertThat(flusher[0].step()).isTrue();
        assertThat(flusher[0].restNanos()).isEqualTo(1000);
    }

    @Test
    void shouldSyncAndAcknowledgeWhatIsLeftWhenClosed() {
        for (FlushPolicy policy : FlushPolicy.values()) {
            // given
            StoreRig rig = new StoreRig(new MemoryVolume(), policy);
            Noted written = rig.append("a", 0, "1");
            Noted staged = rig.stage("a", 0, "2");

            // when
            rig.store.close();

            // then
            assertThat(written.isAcknowledged()).as("%s", policy).isTrue();
            assertThat(staged.isAcknowledged()).isTrue();
            assertThat(rig.turns.isClosed()).isTrue();
            StoreRig again = rig.crashAndReopen(1);
            assertThat(again.bodies("a", 0)).containsExactly("1", "2");
            again.close();
        }
    }

    @Test
    void shouldLetAListenerAppendAgain() {
        for (FlushPolicy policy : FlushPolicy.values()) {
            // given
            StoreRig rig = new StoreRig(new MemoryVolume(), policy);
            List<String> order = new ArrayList<>();
            Noted echo = new Noted(() -> order.add("echo"));
            Noted first =
                    new Noted(() -> {
                        order.add("first");
                        rig.appender().stage("b", Records.of("b", 0, "echo"), echo);
                        rig.appender().publish();
                    });

            // when
            rig.appender().stage("a", Records.of("a", 0, "1"), first);
            rig.appender()
                    .stage("a", Records.of("a", 0, "2"), new Noted(() -> order.add("second")));
            rig.appender().publish();
            rig.settle();

            // then
            assertThat(order).as("%s", policy).containsExactly("first", "second", "echo");
            assertThat(rig.bodies("a", 0)).containsExactly("1", "2");
            assertThat(rig.bodies("b", 0)).containsExactly("echo");
            rig.close();
        }
    }

    @Test
    @Timeout(60)
    void shouldNumberDenselyAndAcknowledgeEverybodyWithManyThreads() throws Exception {
        for (FlushPolicy policy : FlushPolicy.values()) {
            // given
            MemoryVolume volume = new MemoryVolume();
            StoreConfig config = new StoreConfig(policy, StoreRig.INTERVAL, StoreRig.SEGMENT_BYTES);
            Store store = new Store(volume, config);
            List<Throwable> failures = new ArrayList<>();
            ManualClock clock = new ManualClock();
            store.start(clock, clock, Thread::new, q -> {}, failures::add);
            int threads = 8;
            int perThread = 300;
            List<List<Noted>> noted = new ArrayList<>();
            List<Thread> senders = new ArrayList<>();
            CountDownLatch start = new CountDownLatch(1);
            for (int t = 0; t < threads; t++) {
                int number = t;
                List<Noted> own = new ArrayList<>();
                noted.add(own);
                senders.add(
                        new Thread(
                                () -> send(store.log().appender(), number, perThread, own, start)));
            }
            senders.forEach(Thread::start);

            // when
            start.countDown();
            for (Thread sender : senders) {
                sender.join();
            }
            for (List<Noted> own : noted) {
                own.getLast().await();
            }
            store.close();

            // then
            assertThat(failures).isEmpty();
            List<Long> offsets = new ArrayList<>();
            for (List<Noted> own : noted) {
                List<Long> ownOffsets = new ArrayList<>();
                own.forEach(one -> ownOffsets.addAll(one.offsets()));
                assertThat(ownOffsets).isSorted();
                assertThat(own).allMatch(Noted::isAcknowledged);
                offsets.addAll(ownOffsets);
            }
            offsets.sort(null);
            for (int i = 0; i < offsets.size(); i++) {
                assertThat(offsets.get(i)).isEqualTo(i);
            }
            volume.crash(3);
            try (StoreRig again = new StoreRig(volume, config, clock)) {
                assertThat(again.bodies("a", 0)).hasSize(offsets.size());
            }
        }
    }

    private static void send(
            Appender appender, int number, int count, List<Noted> own, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
        for (int i = 0; i < count; i++) {
            Noted noted = new Noted();
            own.add(noted);
            if (i % 5 == 0) {
                appender.stage(
                        "a",
                        List.of(
                                Records.of("a", 0, number + "-" + i),
                                Records.of("a", 0, number + "-" + i + "b")),
                        noted);
            } else {
                appender.stage("a", Records.of("a", 0, number + "-" + i), noted);
            }
            if (i % 3 == 0 || i == count - 1) {
                appender.publish();
            }
        }
    }
}
