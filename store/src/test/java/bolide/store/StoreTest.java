package bolide.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.MemoryVolume;
import bolide.store.file.StorageException;
import bolide.store.file.StoreInUseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreTest {
    @TempDir Path directory;

    @Test
    void shouldRefuseASecondStoreOnTheSameDirectory() {
        // given
        Store first = new Store(new DirectoryVolume(directory), StoreRig.CONFIG);

        // when // then
        assertThatThrownBy(() -> new Store(new DirectoryVolume(directory), StoreRig.CONFIG))
                .isInstanceOf(StoreInUseException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());

        // when
        first.close();

        // then
        new Store(new DirectoryVolume(directory), StoreRig.CONFIG).close();
    }

    @Test
    void shouldLeaveNothingOpenWhenClosed() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.appendSize(60_000);
        rig.appendSize(60_000);

        // when
        rig.close();
        rig.close();

        // then
        assertThat(rig.volume.open()).isZero();
        assertThat(rig.volume.isClaimed()).isFalse();
        assertThat(rig.turns.isClosed()).isTrue();
    }

    @Test
    void shouldLeaveNothingOpenWhenItWasNeverStarted() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.append("a", 0, "x");
        rig.close();
        Store store = new Store(rig.volume, StoreRig.CONFIG);

        // when
        store.close();

        // then
        assertThat(rig.volume.open()).isZero();
        assertThat(rig.volume.isClaimed()).isFalse();
    }

    @Test
    void shouldLeaveNothingOpenWhenItCannotBeOpened() {
        // given
        MemoryVolume volume = new MemoryVolume();
        volume.create("commitlog/00000000000000000000", 1000).close();
        volume.create("commitlog/not-a-segment", 10).close();

        // when // then
        assertThatThrownBy(() -> new Store(volume, StoreRig.CONFIG))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("not-a-segment");
        assertThat(volume.open()).isZero();
        assertThat(volume.isClaimed()).isFalse();
    }

    @Test
    void shouldCloseEvenWhenTheLastSyncFails() {
        // given
        StoreRig rig = StoreRig.async();
        rig.append("a", 0, "x");
        rig.volume.failAt(MemoryVolume.Operation.SYNC, 1);

        // when // then
        assertThatThrownBy(rig::close).isInstanceOf(StorageException.class);
        assertThat(rig.failures).hasSize(1);
        assertThat(rig.volume.open()).isZero();
        assertThat(rig.volume.isClaimed()).isFalse();
    }

    @Test
    void shouldCloseWhileTheDiskIsFull() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.fillUpTo(300);
        Noted staged = rig.stage("a", 0, "");
        rig.volume.usableBytes(0);
        assertThatThrownBy(() -> rig.append("a", 0, "x".repeat(1000)))
                .hasMessageContaining("no room for more messages");

        // when
        rig.close();

        // then
        assertThat(staged.isAcknowledged()).isTrue();
        assertThat(rig.failures).isEmpty();
        assertThat(rig.volume.open()).isZero();
    }

    @Test
    void shouldKeepMessagesInADirectoryOverRestarts() throws Exception {
        // given
        StoreConfig config =
                new StoreConfig(FlushPolicy.SYNC, Duration.ofMillis(500), StoreRig.SEGMENT_BYTES);
        ManualClock clock = new ManualClock();
        List<Throwable> failures = new ArrayList<>();
        List<String> sent = new ArrayList<>();

        for (int life = 0; life < 3; life++) {
            // when
            try (Store store = new Store(new DirectoryVolume(directory), config)) {
                store.start(clock, clock, Thread::new, queue -> {}, failures::add);

                // then
                assertThat(Records.bodies(store, "a", 0)).isEqualTo(sent);
                assertThat(store.recovered().torn()).isEmpty();
                Noted last = new Noted();
                for (int i = 0; i < 300; i++) {
                    String body = "x".repeat(i) + sent.size();
                    last = new Noted();
                    store.log().appender().stage("a", Records.of("a", 0, body), last);
                    sent.add(body);
                }
                store.log().appender().publish();
                last.await();
            }
        }
        assertThat(failures).isEmpty();
        try (var files = Files.list(directory.resolve("commitlog"))) {
            assertThat(files)
                    .hasSizeGreaterThan(3)
                    .allMatch(file -> file.toFile().length() == 65536);
        }
    }

    @Test
    void shouldNotBeHarmedByAnInterruptOfWhoPublishes() throws Exception {
        // given
        ManualClock clock = new ManualClock();
        List<Throwable> failures = new ArrayList<>();
        try (Store store = new Store(new DirectoryVolume(directory), StoreRig.CONFIG)) {
            store.start(clock, clock, Thread::new, queue -> {}, failures::add);

            // when an interrupted thread writes, and rolls
            Thread.currentThread().interrupt();
            Noted last = new Noted();
            for (int i = 0; i < 300; i++) {
                last = new Noted();
                store.log().appender().stage("a", Records.of("a", 0, "x".repeat(500)), last);
                store.log().appender().publish();
            }
            boolean interrupted = Thread.interrupted();
            last.await();

            // then
            assertThat(interrupted).isTrue();
            assertThat(failures).isEmpty();
            assertThat(store.log().segments().all()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void shouldCheckItsConfig() {
        // given
        Duration second = Duration.ofSeconds(1);

        // when // then
        assertThatThrownBy(() -> new StoreConfig(FlushPolicy.SYNC, second, 65_535))
                .hasMessageContaining("segment of 65535 bytes; choose 65536 to 1073741824");
        assertThatThrownBy(() -> new StoreConfig(FlushPolicy.SYNC, second, (1L << 30) + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StoreConfig(FlushPolicy.SYNC, Duration.ZERO, 65_536))
                .hasMessageContaining("flush interval of 0 ms; choose 1 to 10000");
        assertThatThrownBy(
                        () -> new StoreConfig(FlushPolicy.SYNC, Duration.ofMillis(10_001), 65_536))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
