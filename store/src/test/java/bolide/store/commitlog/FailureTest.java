package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.ManualClock;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreRig;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import bolide.store.file.StorageException;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FailureTest {
    private static void assertRefusing(StoreRig rig, String reason) {
        assertThatThrownBy(() -> rig.stage("a", 0, "late"))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("takes no more until the server is restarted")
                .hasMessageContaining(reason);
    }

    @Test
    void shouldAcknowledgeNothingAfterAFailedWrite() {
        for (FlushPolicy policy : FlushPolicy.values()) {
            // given
            StoreRig rig = new StoreRig(new MemoryVolume(), policy);
            Noted safe = rig.append("a", 0, "1");
            rig.settle();
            Noted notSynced = rig.append("a", 0, "2");
            rig.volume.failAt(Operation.WRITE, 1);
            Noted inVain = rig.stage("a", 0, "3");

            // when
            assertThatThrownBy(() -> rig.appender().publish()).isInstanceOf(StoreRefusal.class);
            rig.settle();

            // then
            assertThat(safe.isAcknowledged()).isTrue();
            assertThat(notSynced.isAcknowledged()).isEqualTo(policy == FlushPolicy.ASYNC);
            assertThat(inVain.isAcknowledged()).isFalse();
            assertThat(rig.failures).hasSize(1).first().isInstanceOf(StorageException.class);
            assertRefusing(rig, "input/output error: WRITE");
            assertThatThrownBy(() -> rig.appender().publish()).isInstanceOf(StoreRefusal.class);
            rig.clock.pass(10_000);
            rig.settle();
            long operations = rig.volume.operations();
            rig.store.close();
            assertThat(rig.volume.operations()).isEqualTo(operations);
            assertThat(rig.failures).hasSize(1);
            StoreRig again = new StoreRig(rig.volume, rig.config, rig.clock);
            assertThat(again.bodies("a", 0)).startsWith("1", "2");
            again.append("a", 0, "4");
            again.settle();
            assertThat(again.bodies("a", 0)).endsWith("4");
            again.close();
        }
    }

    @Test
    void shouldAcknowledgeNothingAfterAFailedSync() {
        // given
        StoreRig rig = StoreRig.sync();
        Noted safe = rig.append("a", 0, "1");
        rig.settle();
        Noted inVain = rig.append("a", 0, "2");
        rig.volume.failAt(Operation.SYNC, 1);

        // when
        rig.settle();

        // then
        assertThat(safe.isAcknowledged()).isTrue();
        assertThat(inVain.isAcknowledged()).isFalse();
        assertThat(rig.bodies("a", 0)).containsExactly("1");
        assertThat(rig.failures).hasSize(1).first().isInstanceOf(StorageException.class);
        assertRefusing(rig, "input/output error: SYNC");

        // when the sync would now succeed, without having written anything
        long syncs = rig.volume.count(Operation.SYNC);
        rig.settle();
        rig.store.close();

        // then
        assertThat(rig.volume.count(Operation.SYNC)).isEqualTo(syncs);
        assertThat(inVain.isAcknowledged()).isFalse();
        assertThat(rig.failures).hasSize(1);
        StoreRig again = rig.crashAndReopen(1);
        assertThat(again.bodies("a", 0)).containsExactly("1");
        assertThat(again.append("a", 0, "3").offsets()).containsExactly(1L);
        again.close();
    }

    @Test
    void shouldTakeNothingMoreAfterAFailedSyncUnderAsync() {
        // given
        StoreRig rig = StoreRig.async();
        rig.append("a", 0, "1");
        rig.volume.failAt(Operation.SYNC, 1);

        // when
        rig.clock.pass(1000);
        rig.settle();

        // then
        assertThat(rig.failures).hasSize(1);
        assertRefusing(rig, "input/output error: SYNC");
    }

    @Test
    void shouldFailWhenTheSyncBeforeARollFails() {
        // given
        StoreRig rig = StoreRig.async();
        rig.fillUpTo(100);
        rig.volume.failAt(Operation.SYNC, 1);

        // when // then
        assertThatThrownBy(() -> rig.appendSize(200))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("until the server is restarted");
        assertThat(rig.failures).hasSize(1);
        assertThat(rig.volume.count(Operation.CREATE)).isEqualTo(1);
        rig.store.close();
        assertThat(rig.volume.open()).isZero();
    }

    @Test
    void shouldTellAListenersBugLikeAFailure() {
        for (FlushPolicy policy : FlushPolicy.values()) {
            // given
            StoreRig rig = new StoreRig(new MemoryVolume(), policy);
            IllegalStateException bug = new IllegalStateException("bug");
            Noted broken =
                    new Noted(() -> {
                        throw bug;
                    });
            rig.appender().stage("a", Records.of("a", 0, "1"), broken);

            // when
            try {
                rig.appender().publish();
            } catch (StoreRefusal expectedUnderAsync) {
                assertThat(policy).isEqualTo(FlushPolicy.ASYNC);
            }
            rig.settle();

            // then
            assertThat(rig.failures).as("%s", policy).containsExactly(bug);
            assertRefusing(rig, "bug");
        }
    }

    @Test
    void shouldStopWhenAnArrivalListenerBreaks() {
        // given
        IllegalStateException bug = new IllegalStateException("bug");
        MemoryVolume volume = new MemoryVolume();
        ManualClock clock = new ManualClock();
        bolide.store.Turns turns = new bolide.store.Turns(clock);
        List<Throwable> failures = new ArrayList<>();
        Store store = new Store(volume, StoreRig.CONFIG);
        store.startOn(
                turns,
                clock,
                clock,
                queue -> {
                    throw bug;
                },
                failures::add);
        store.log().appender().stage("a", Records.of("a", 0, "1"), new Noted());
        store.log().appender().publish();

        // when
        turns.settle();

        // then
        assertThat(failures).containsExactly(bug);
        assertThatThrownBy(() ->
                        store.log().appender().stage("a", Records.of("a", 0, "2"), new Noted()))
                .isInstanceOf(StoreRefusal.class);
        store.close();
    }

    @Test
    void shouldRefuseStateToo() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.volume.failAt(Operation.WRITE, 1);
        List<StateChange> changes = List.of(StateChange.put(StateKind.GROUP, "g", new byte[1]));

        // when // then
        assertThatThrownBy(() -> rig.store.stateLog().write(changes))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("input/output error");
        assertThatThrownBy(() -> rig.store.stateLog().write(changes))
                .isInstanceOf(StoreRefusal.class);
    }

    @Test
    @Timeout(30)
    void shouldLetTheStoreBeClosedByWhoeverIsTold() throws InterruptedException {
        for (Operation operation : List.of(Operation.WRITE, Operation.SYNC)) {
            // given a handler that, like System.exit, waits for another thread to close the store
            MemoryVolume volume = new MemoryVolume();
            Store store = new Store(volume, StoreRig.CONFIG);
            ManualClock clock = new ManualClock();
            AtomicReference<Throwable> told = new AtomicReference<>();
            CountDownLatch closed = new CountDownLatch(1);
            store.start(
                    clock,
                    clock,
                    Thread::new,
                    queue -> {},
                    failure -> {
                        Thread hook = new Thread(store::close);
                        hook.start();
                        try {
                            hook.join();
                        } catch (InterruptedException unexpected) {
                            throw new AssertionError(unexpected);
                        }
                        told.set(failure);
                        closed.countDown();
                    });
            volume.failAt(operation, 1);

            // when
            store.log().appender().stage("a", Records.of("a", 0, "1"), new Noted());
            try {
                store.log().appender().publish();
            } catch (StoreRefusal expected) {
                // of a failed write always; of a failed sync when the flusher was quicker than this
                assertThat(expected.getMessage()).isNotEmpty();
            }

            // then
            assertThat(closed.await(20, TimeUnit.SECONDS)).as("%s", operation).isTrue();
            assertThat(told.get()).isInstanceOf(StorageException.class);
            assertThat(volume.isClaimed()).isFalse();
        }
    }

    @Test
    void shouldAcknowledgeNothingOnceAWriteHasFailedDuringASync() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.settle();
        Noted written = rig.append("a", 0, "1");
        rig.volume.failAt(Operation.WRITE, 1);
        rig.volume.beforeEach(() -> {
            rig.volume.beforeEach(null);
            assertThatThrownBy(() -> rig.append("a", 0, "2")).isInstanceOf(StoreRefusal.class);
        });

        // when
        rig.settle();

        // then
        assertThat(rig.failures).hasSize(1);
        assertThat(written.isAcknowledged()).isFalse();
        assertThat(rig.killAndReopen().bodies("a", 0)).startsWith("1");
    }
}
