package bolide.store.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.TagHash;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.StoreRig;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import bolide.store.file.MemoryVolume;
import bolide.store.index.Generation;
import bolide.store.index.Generations;
import bolide.store.index.IndexFiles;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final StoreRig rig = StoreRig.sync();

    @AfterEach
    void close() {
        rig.close();
    }

    private static String name(ConsumeQueue queue) {
        return queue.topic() + "@" + queue.queueId() + ":" + queue.maxOffset();
    }

    @Test
    void shouldTellOfEachQueueOncePerRound() {
        // given
        for (int i = 0; i < 10; i++) {
            rig.append("a", i % 2, "x");
            rig.append("b", 0, "x");
        }

        // when
        rig.turns.step("flusher");

        // then
        assertThat(rig.arrivals)
                .extracting(DispatcherTest::name)
                .containsExactly("a@0:5", "b@0:10", "a@1:5");

        // when
        rig.append("b", 0, "x");
        rig.settle();

        // then
        assertThat(rig.arrivals)
                .hasSize(4)
                .last()
                .extracting(DispatcherTest::name)
                .isEqualTo("b@0:11");
    }

    @Test
    void shouldTellNobodyOfState() {
        // given
        rig.store.stateLog().write(List.of(StateChange.put(StateKind.GROUP, "g", new byte[1])));

        // when
        rig.settle();

        // then
        assertThat(rig.arrivals).isEmpty();
    }

    @Test
    void shouldTellOnlyWhenTheMessagesCanBeRead() {
        // given // when
        rig.append("a", 0, "1", "2");
        rig.turns.step("dispatcher");

        // then
        assertThat(rig.arrivals).isEmpty();

        // when
        rig.turns.step("flusher");

        // then
        assertThat(Records.read(rig.store, rig.arrivals.getFirst())).hasSize(2);
    }

    @Test
    void shouldDoABoundedPieceOfWorkPerStep() {
        // given
        for (int i = 0; i < 1300; i++) {
            rig.append("a", 0, "x");
        }
        rig.turns.step("flusher");

        // when
        rig.turns.step("dispatcher");
        long first = rig.arrivals.getFirst().maxOffset();
        rig.settle();

        // then
        assertThat(first).isEqualTo(512);
        assertThat(rig.arrivals).hasSize(3);
        assertThat(rig.arrivals.getFirst().maxOffset()).isEqualTo(1300);
    }

    @Test
    void shouldFollowOnTheThreadThatMadeRecordsReadable() {
        // given
        try (StoreRig async = StoreRig.async()) {
            async.turns.step("dispatcher"); // rests from now on

            // when
            async.append("a", 0, "x");

            // then
            assertThat(async.arrivals).hasSize(1);
            assertThat(async.bodies("a", 0)).containsExactly("x");
            assertThat(async.turns.step("dispatcher")).isFalse();
        }
    }

    @Test
    void shouldLeaveMuchAtOnceToItsOwnThread() {
        // given
        for (int i = 0; i < 20; i++) {
            rig.append("a", 0, "x".repeat(8 * 1024));
        }

        // when
        rig.turns.step("flusher");

        // then
        assertThat(rig.arrivals).isEmpty();
        assertThat(rig.turns.step("dispatcher")).isTrue();
        assertThat(rig.bodies("a", 0)).hasSize(20);
    }

    @Test
    void shouldGoOnOverSegments() {
        // given // when
        for (int i = 0; i < 500; i++) {
            rig.append("a", 0, "x".repeat(400));
            rig.settle();
        }

        // then
        assertThat(rig.store.log().segments().all()).hasSizeGreaterThan(3);
        assertThat(rig.bodies("a", 0)).hasSize(500);
    }

    @Test
    void shouldKnowWhatAFilterAsksFor() {
        // given
        rig.clock.set(77);
        Noted noted = new Noted();
        rig.append("a", 0, "before");
        rig.appender().stage("a", Records.of("a", 0, new byte[10], "TAGS\1blue\2", 0), noted);
        rig.appender().publish();

        // when
        rig.settle();

        // then
        Entry entry = new Entry();
        assertThat(rig.store.queues().find("a", 0).orElseThrow().read(1, entry)).isTrue();
        assertThat(entry.tagHash()).isEqualTo(TagHash.of("blue"));
        assertThat(entry.position()).isEqualTo(noted.positions().getFirst());
        assertThat(entry.size())
                .isEqualTo(Records.of("a", 0, new byte[10], "TAGS\1blue\2", 0).encodedBytes());
        assertThat(entry.storeTimestamp()).isEqualTo(77);
    }

    @Test
    void shouldRestWhenNothingIsNew() {
        // given
        rig.append("a", 0, "x");
        rig.settle();

        // when
        boolean stepped = rig.turns.step("dispatcher");

        // then
        assertThat(stepped).isFalse();
    }

    @Test
    void shouldHandOverWhatIsFullAndWaitWhenNobodyWritesIt() {
        // given a dispatcher of its own behind the same log
        Generation.Limits limits = new Generation.Limits(600, 1 << 20);
        IndexFiles files = IndexFiles.open(new MemoryVolume(), limits, 0, 0);
        Derived derived =
                new Derived(new ConsumeQueues(files, () -> 0), new Generations(0, limits));
        List<Generation> frozen = new ArrayList<>();
        Dispatcher dispatcher =
                new Dispatcher(rig.store.log(), derived, queue -> {}, new Taken(frozen), 0);
        for (int i = 0; i < 6000; i++) {
            rig.append("a", 0, "x");
        }
        rig.settle();

        // when
        while (dispatcher.step()) {
            assertThat(frozen.size()).isLessThan(2);
        }

        // then
        long waitedAt = dispatcher.dispatched().get();
        assertThat(waitedAt).isLessThan(rig.store.log().readable().get());
        assertThat(frozen.getFirst().start()).isZero();
        assertThat(frozen.getFirst().records()).isBetween(600, 1024);

        // when
        files.write(frozen.getFirst());
        derived.persisted(frozen.getFirst());
        while (dispatcher.step()) {
            assertThat(frozen.size()).isLessThan(3);
        }

        // then
        assertThat(dispatcher.dispatched().get()).isEqualTo(rig.store.log().readable().get());
        assertThat(frozen).hasSize(2);
        assertThat(frozen.getLast().start()).isEqualTo(frozen.getFirst().end());
        assertThat(frozen.getLast().end()).isGreaterThan(waitedAt);
        files.close();
    }

    private record Taken(List<Generation> frozen) implements Checkpoints {
        @Override
        public boolean isAskedFor() {
            return false;
        }

        @Override
        public void take(Generation generation) {
            frozen.add(generation);
        }
    }
}
