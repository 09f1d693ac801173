package bolide.store.commitlog;

import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Up to where the log was on stable storage, noted after each sync. What is wrong below that
/// position was whole once, so recovery must not take it for the end of the log. The mark itself is
/// not synced: after a power cut it may say less than was true, never more.
public final class FlushedMark implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlushedMark.class);
    private static final String NAME = "flushed";
    private static final int BYTES = 2 * Long.BYTES; // the position, and its complement as a check
    private static final int FILE_BYTES = 4096;

    private final Optional<StoreFile> file;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);

    private FlushedMark(Optional<StoreFile> file) {
        this.file = file;
    }

    /// Opens the mark, or makes it. On a disk without room for it there is none until the next
    /// start.
    public static FlushedMark open(Volume volume) {
        if (volume.exists(NAME)) {
            return new FlushedMark(Optional.of(volume.open(NAME)));
        }
        try {
            return new FlushedMark(Optional.of(make(volume)));
        } catch (StorageException refused) {
            LOG.warn("does without a mark of what is flushed: {}", refused.getMessage());
            return new FlushedMark(Optional.empty());
        }
    }

    /// Looks at the mark of a directory and changes nothing.
    ///
    /// @return the position that is marked; 0 when that is not known
    public static long readFrom(Volume volume) {
        if (!volume.exists(NAME)) {
            return 0;
        }
        try (FlushedMark mark = new FlushedMark(Optional.of(volume.open(NAME)))) {
            return mark.read();
        }
    }

    private static StoreFile make(Volume volume) {
        StoreFile file = volume.create(NAME, FILE_BYTES);
        boolean hasRoom = false;
        try {
            file.allocate(0, FILE_BYTES);
            hasRoom = true;
            return file;
        } finally {
            if (!hasRoom) {
                file.close();
                volume.delete(NAME);
            }
        }
    }

    /// @return the position that is marked; 0 when that is not known
    public long read() {
        if (file.isEmpty() || file.get().length() < BYTES) {
            return 0;
        }
        try (StoreFile.Mapping mapping = file.get().map()) {
            long position = mapping.bytes().getLong(0);
            long check = mapping.bytes().getLong(Long.BYTES);
            if (position == ~check) {
                return position;
            }
            if (position != 0 || check != 0) {
                LOG.warn("the mark of what is flushed is damaged; doing without it");
            }
            return 0;
        }
    }

    /// @param position up to which everything is on stable storage
    void write(long position) {
        if (file.isPresent()) {
            bytes.clear().putLong(position).putLong(~position).flip();
            file.get().write(0, bytes);
        }
    }

    @Override
    public void close() {
        file.ifPresent(StoreFile::close);
    }
}
