package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.message.RecordView;
import bolide.store.StoreRig;
import bolide.store.file.DirectoryView;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.StorageException;
import bolide.store.verify.LogReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A log of which the disk does not give every page. Cutting a mapped file has the system answer as
/// a bad sector does.
@EnabledOnOs(OS.LINUX)
class UnreadableLogTest {
    private static final String NAME = "commitlog/00000000000000000000";
    private static final int RECORDS = 50;
    private static final int READABLE_BYTES = 8192;

    @TempDir private Path directory;

    private final List<Long> positions = new ArrayList<>();
    private Segments segments;

    @BeforeEach
    void fill() throws IOException {
        StoreRig rig = StoreRig.sync();
        for (int i = 0; i < RECORDS; i++) {
            positions.add(rig.appender().appended().get());
            rig.appendSize(1000);
        }
        rig.settle();
        byte[] bytes = rig.volume.read(NAME);
        rig.close();
        Files.createDirectories(directory.resolve(NAME).getParent());
        Files.write(directory.resolve(NAME), bytes);
        segments = Segments.open(new DirectoryVolume(directory), StoreRig.SEGMENT_BYTES);
    }

    @AfterEach
    void close() {
        segments.close();
    }

    private void damage() {
        damage(READABLE_BYTES);
    }

    private void damage(long readable) {
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve(NAME).toFile(), "rw")) {
            file.setLength(readable);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void assertTold(Runnable reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(NAME)
                .hasMessageContaining("cannot be read at position ")
                .hasMessageContaining("free some space")
                .hasCauseInstanceOf(InternalError.class);
    }

    @Test
    void shouldSayWhereAWalkCannotReadOn() {
        // given
        List<Long> shown = new ArrayList<>();
        LogWalk walk =
                new LogWalk(
                        new LogWalk.Visitor() {
                            @Override
                            public void record(RecordView view) {
                                shown.add(view.position());
                            }

                            @Override
                            public void damage(
                                    long from, long to, String reason, RecordView remains) {
                                throw new AssertionError(reason);
                            }
                        });
        damage();

        // when // then what cannot be read is not taken for damaged, nor for the log's end
        Segment segment = segments.last();
        assertTold(() -> walk.walk(segment, 0, segment.end(), 0));
        assertThat(shown).isEqualTo(positions.subList(0, shown.size())).hasSize(8);
    }

    @Test
    void shouldSayWhichMessageCannotBeRead() {
        // given
        RecordView view = new RecordView();
        damage();

        // when // then
        LogSlices slices = new LogSlices(segments);
        assertThat(slices.addVerified(0, 1000, view)).isTrue();
        assertTold(() -> slices.addVerified(positions.get(30), 1000, view));

        // and nothing is held on to
        slices.release();
        Segment segment = segments.last();
        segment.release();
        assertThat(segment.retain()).isFalse();
        segments = Segments.open(new DirectoryVolume(directory), StoreRig.SEGMENT_BYTES);
    }

    @Test
    void shouldSayWhatCannotBeVerified() {
        // given
        LogReader log = new LogReader(new DirectoryView(directory));

        // when // then
        assertTold(() -> log.read(StoreRig.SEGMENT_BYTES, view -> damage(), done -> {}));
    }

    @Test
    void shouldSayThatWhatIsBehindTheEndCannotBeRead() {
        // given
        LogReader log = new LogReader(new DirectoryView(directory));
        long last = positions.getLast();

        // when // then
        assertTold(() ->
                log.read(
                        0,
                        view -> {
                            if (view.position() == last) {
                                damage(last + 1000);
                            }
                        },
                        done -> {}));
    }
}
