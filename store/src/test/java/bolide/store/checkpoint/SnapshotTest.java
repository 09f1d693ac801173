package bolide.store.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.file.MemoryVolume;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final MemoryVolume volume = new MemoryVolume();

    private static String name(long position) {
        return "snapshot/%020d".formatted(position);
    }

    private void write(long... positions) {
        LongStream.of(positions)
                .forEach(at -> {
                    SnapshotWriter writer = new SnapshotWriter(at, 1);
                    writer.addQueue("topic", 0, 0, at);
                    writer.writeTo(volume);
                });
    }

    @Test
    void shouldKeepTheOneBefore() {
        // given
        write(10, 20, 30, 40);

        // when
        Snapshot.deleteAllBut(volume, 30);

        // then
        assertThat(volume.names()).containsExactly(name(20), name(30));
    }

    @Test
    void shouldKeepAWholeOneRatherThanADamagedOne() {
        // given
        write(10, 20, 30);
        volume.flip(name(20), 8 * 70);

        // when
        Snapshot.deleteAllBut(volume, 30);

        // then
        assertThat(volume.names()).containsExactly(name(10), name(30));
    }
}
