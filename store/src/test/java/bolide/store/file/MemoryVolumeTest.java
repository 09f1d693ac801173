package bolide.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.file.MemoryVolume.Fault;
import bolide.store.file.MemoryVolume.Operation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryVolumeTest {
    private static final int SECTOR = MemoryFile.SECTOR_BYTES;

    private final MemoryVolume volume = new MemoryVolume();

    private static ByteBuffer full(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void shouldKeepWhatWasSyncedAndAnySectorsOfTheRest() {
        // given
        Set<String> outcomes = new HashSet<>();

        // when
        for (int seed = 0; seed < 100; seed++) {
            MemoryVolume disk = new MemoryVolume();
            StoreFile file = disk.create("commitlog/f", 3 * SECTOR);
            file.write(0, full(3 * SECTOR, 1));
            file.sync();
            file.write(SECTOR, full(2 * SECTOR, 2));
            disk.crash(seed);
            byte[] left = disk.read("commitlog/f");
            outcomes.add("" + left[0] + left[SECTOR] + left[2 * SECTOR - 1] + left[3 * SECTOR - 1]);
        }

        // then
        assertThat(outcomes).containsExactlyInAnyOrder("1111", "1221", "1112", "1222");
    }

    @Test
    void shouldKeepEverythingWrittenWhenOnlyTheProcessEnds() {
        // given
        StoreFile file = volume.create("commitlog/f", SECTOR);
        file.write(0, full(10, 1));

        // when
        volume.kill();

        // then
        assertThat(volume.read("commitlog/f")).startsWith(1, 1);
        assertThatThrownBy(() -> file.write(0, full(1, 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldForgetOrKeepANameWhoseCreationWasCut() {
        // given
        Set<Integer> outcomes = new HashSet<>();

        // when
        for (int seed = 0; seed < 50; seed++) {
            MemoryVolume disk = new MemoryVolume();
            disk.stopAt(1, seed);
            assertThatThrownBy(() -> disk.create("commitlog/f", SECTOR))
                    .isInstanceOf(PowerCut.class);
            disk.crash(seed);
            outcomes.add(disk.list("commitlog").size());
        }

        // then
        assertThat(outcomes).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void shouldLeaveAnyStepOfACut() {
        // given
        Set<String> outcomes = new HashSet<>();

        // when
        for (int seed = 0; seed < 200; seed++) {
            MemoryVolume disk = new MemoryVolume();
            StoreFile file = disk.create("commitlog/f", 2 * SECTOR);
            file.write(0, full(2 * SECTOR, 1));
            file.sync();
            disk.stopAt(1 + seed % 3, seed);
            assertThatThrownBy(() -> file.cut(SECTOR, 2 * SECTOR)).isInstanceOf(PowerCut.class);
            disk.crash(seed);
            byte[] left = disk.read("commitlog/f");
            outcomes.add(left.length == SECTOR ? "short" : "" + left[SECTOR]);
        }

        // then
        assertThat(outcomes).containsExactlyInAnyOrder("short", "1", "0");
    }

    @Test
    void shouldLoseForGoodWhatAFailedSyncDidNotWrite() {
        // given
        StoreFile file = volume.create("commitlog/f", SECTOR);
        file.write(0, full(SECTOR, 1));
        volume.failAt(Operation.SYNC, 1);

        // when
        assertThatThrownBy(file::sync).isInstanceOf(StorageException.class);
        file.sync();
        volume.crash(1);

        // then
        assertThat(volume.read("commitlog/f")[0]).isZero();
    }

    @Test
    void shouldFailTheChosenOperationOnly() {
        // given
        StoreFile file = volume.create("commitlog/f", SECTOR);
        file.write(0, full(1, 1));
        volume.failAt(Operation.WRITE, 2);

        // when
        file.write(0, full(1, 1));

        // then
        assertThatThrownBy(() -> file.write(0, full(1, 1)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("commitlog/f");
        file.write(0, full(1, 1));
        assertThat(volume.count(Operation.WRITE)).isEqualTo(4);
    }

    @Test
    void shouldDoTheSameForTheSameSeed() {
        // given
        MemoryVolume again = new MemoryVolume();

        // when
        for (MemoryVolume disk : new MemoryVolume[] {volume, again}) {
            StoreFile file = disk.create("commitlog/f", 100 * SECTOR);
            file.write(0, full(100 * SECTOR, 1));
            disk.stopAt(1, 7);
            assertThatThrownBy(() -> file.write(0, full(100 * SECTOR, 2)))
                    .isInstanceOf(PowerCut.class);
            disk.crash(9);
        }

        // then
        assertThat(volume.read("commitlog/f")).isEqualTo(again.read("commitlog/f"));
    }

    @Test
    void shouldKeepAnyVersionOfASectorButNoneBeforeTheLastSync() {
        // given
        Set<Byte> outcomes = new HashSet<>();

        // when
        for (int seed = 0; seed < 200; seed++) {
            MemoryVolume disk = new MemoryVolume();
            StoreFile file = disk.create("commitlog/f", SECTOR);
            file.write(0, full(SECTOR, 1));
            file.sync();
            file.write(0, full(SECTOR, 2));
            file.write(0, full(SECTOR, 3));
            disk.crash(seed);
            outcomes.add(disk.read("commitlog/f")[0]);
        }

        // then
        assertThat(outcomes).containsExactlyInAnyOrder((byte) 1, (byte) 2, (byte) 3);
    }

    @Test
    void shouldForgetOrKeepNamesThatNobodySynced() {
        // given
        Set<String> outcomes = new HashSet<>();

        // when
        for (int seed = 0; seed < 50; seed++) {
            MemoryVolume disk = new MemoryVolume();
            disk.create("commitlog/old", SECTOR).close();
            disk.createCarelessly("commitlog/new", SECTOR).sync();
            disk.failAt(Operation.SYNC_NAMES, 1);
            assertThatThrownBy(() -> disk.delete("commitlog/old"))
                    .isInstanceOf(StorageException.class);
            disk.crash(seed);
            outcomes.add("" + disk.list("commitlog"));
        }

        // then
        assertThat(outcomes).containsExactlyInAnyOrder("[old]", "[new, old]", "[new]");
    }

    @Test
    void shouldFailInEachOfItsWays() {
        Set<Integer> written = new HashSet<>();
        for (Fault fault : Fault.values()) {
            for (int n = 1; n <= 40; n++) {
                // given
                MemoryVolume disk = new MemoryVolume();
                StoreFile file = disk.create("commitlog/f", SECTOR);
                disk.failAt(fault, n);

                // when
                for (int i = 1; i < n; i++) {
                    file.write(0, full(40, 0));
                }

                // then
                assertThatThrownBy(() -> file.write(0, full(40, 1)))
                        .isInstanceOf(StorageException.class);
                int ones = 0;
                for (byte b : disk.read("commitlog/f")) {
                    ones += b;
                }
                written.add(ones);
                switch (fault) {
                    case IO_ERROR -> assertThat(ones).isBetween(0, 40);
                    case NO_SPACE -> assertThat(ones).isZero();
                    case SHORT_WRITE -> assertThat(ones).isBetween(1, 39);
                }
                file.write(0, full(40, 0));
            }
        }
        assertThat(written).hasSizeGreaterThan(2);
    }

    @Test
    void shouldForkWithWhatIsPending() {
        // given
        StoreFile file = volume.create("commitlog/f", SECTOR);
        file.write(0, full(SECTOR, 1));
        Set<Byte> outcomes = new HashSet<>();

        // when
        volume.beforeEach(() -> {
            for (int seed = 0; seed < 50; seed++) {
                MemoryVolume fork = volume.forkWithin(seed);
                fork.crash(seed);
                outcomes.add(fork.read("commitlog/f")[0]);
            }
        });
        file.write(0, full(SECTOR, 2));

        // then
        assertThat(outcomes).containsExactlyInAnyOrder((byte) 0, (byte) 1, (byte) 2);
        assertThat(volume.read("commitlog/f")[0]).isEqualTo((byte) 2);
    }

    @Test
    void shouldFlipABitForGood() {
        // given
        StoreFile file = volume.create("commitlog/f", SECTOR);
        long before = volume.hash();

        // when
        volume.flip("commitlog/f", 8 * 5 + 3);
        volume.crash(1);

        // then
        assertThat(volume.read("commitlog/f")[5]).isEqualTo((byte) 8);
        assertThat(volume.hash()).isNotEqualTo(before);
        file.close();
    }
}
