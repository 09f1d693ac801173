package bolide.store.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.file.DirectoryView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueFilesTest {
    private static final int UNIT_BYTES = 20;
    private static final int UNITS = 4; // in each file
    private static final int SIZE = 100;

    @TempDir private Path root;

    @Test
    void shouldTellTheEndBelowAPositionAndTheLastPosition() throws IOException {
        // given: two full files, one begun, one made ahead
        write(0, 0, 100, 200, 300);
        write(4, 400, 500, 600, 700);
        write(8, 800);
        write(12);

        // then
        QueueFiles queue = queue();
        assertThat(queue.lastPosition()).isEqualTo(900);
        assertThat(queue.endBelow(10_000)).isEqualTo(9);
        assertThat(queue.endBelow(800)).isEqualTo(8);
        assertThat(queue.endBelow(401)).isEqualTo(5);
        assertThat(queue.endBelow(400)).isEqualTo(4);
        assertThat(queue.endBelow(1)).isEqualTo(1);
        assertThat(queue.endBelow(0)).isZero();
    }

    @Test
    void shouldCountFromTheFirstFileThatIsLeft() throws IOException {
        // given
        write(4, 4400, 4500);

        // then
        assertThat(queue().endBelow(10_000)).isEqualTo(6);
        assertThat(queue().endBelow(4000)).isZero();
    }

    @Test
    void shouldPassOverUnitsThatOnlyFillAGap() throws IOException {
        // given: a queue that begins at offset 3, as on a replica that came late
        ByteBuffer units = ByteBuffer.allocate(UNITS * UNIT_BYTES);
        for (int i = 0; i < 3; i++) {
            units.putLong(0).putInt(Integer.MAX_VALUE).putLong(0);
        }
        units.putLong(9000).putInt(SIZE).putLong(0);
        write(0, units);

        // then
        assertThat(queue().lastPosition()).isEqualTo(9100);
        assertThat(queue().endBelow(10_000)).isEqualTo(4);
        assertThat(queue().endBelow(9000)).isEqualTo(3);
    }

    @Test
    void shouldKnowNothingOfAnEmptyQueue() throws IOException {
        write(0);
        assertThat(queue().endBelow(10_000)).isZero();
        assertThat(queue().lastPosition()).isZero();
    }

    private QueueFiles queue() {
        return new QueueFiles(new DirectoryView(root), "queue");
    }

    private void write(long firstOffset, long... positions) throws IOException {
        ByteBuffer units = ByteBuffer.allocate(UNITS * UNIT_BYTES);
        for (long position : positions) {
            units.putLong(position).putInt(SIZE).putLong(0);
        }
        write(firstOffset, units);
    }

    private void write(long firstOffset, ByteBuffer units) throws IOException {
        Files.createDirectories(root.resolve("queue"));
        Files.write(
                root.resolve("queue").resolve("%020d".formatted(firstOffset * UNIT_BYTES)),
                units.array());
    }
}
