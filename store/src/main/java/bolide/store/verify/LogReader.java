package bolide.store.verify;

import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.RecordView;
import bolide.store.commitlog.RecordCheck;
import bolide.store.file.DirectoryView;
import bolide.store.file.StoreFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Reads every record of a log that nobody writes to, whoever wrote it, and compares each with its
/// checksums. Goes on behind what is damaged.
public final class LogReader {
    /// Told of what is read, in the order of the log.
    public interface Visitor {
        /// A whole record.
        ///
        /// @param record good until the call returns
        void record(RecordView record);

        /// Something that is no record, with records behind it.
        ///
        /// @param bytes how many are passed over
        default void damage(String file, long position, long bytes, String reason) {}
    }

    /// What the log is, seen from its end.
    ///
    /// @param start the position of its first byte
    /// @param end the position behind its last whole record
    /// @param records how many are whole
    /// @param lastFile the segment that holds the end; empty when there is none
    /// @param torn what stands behind the end; empty when that is nothing
    /// @param tornBytes how many bytes from the end to the last that is not zero
    /// @param unused segments behind the one with the end, in which nothing is written
    public record Outcome(
            long start,
            long end,
            long records,
            String lastFile,
            String torn,
            long tornBytes,
            List<String> unused) {}

    private static final int PROGRESS_BYTES = 1 << 16;
    private static final int MAGIC_AT = 4;

    private final DirectoryView directory;
    private final List<LogFile> files;
    private final RecordView view = new RecordView();
    private long records;
    private long end;
    private String torn = "";
    private long tornBytes;

    /// @throws bolide.store.file.StorageException when the files are no log
    public LogReader(DirectoryView directory) {
        this.directory = directory;
        this.files = LogFile.all(directory);
    }

    /// @return the segments in the order of their positions
    public List<LogFile> files() {
        return files;
    }

    /// @return the bytes of all segments
    public long bytes() {
        return files.stream().mapToLong(LogFile::length).sum();
    }

    /// @param progress told now and then how many bytes have been read
    public Outcome read(Visitor visitor, LongConsumer progress) {
        records = 0;
        torn = "";
        tornBytes = 0;
        long start = files.isEmpty() ? 0 : files.getFirst().start();
        end = start;
        int used = files.size();
        while (used > 1 && isUnwritten(files.get(used - 1))) {
            used--;
        }
        for (int i = 0; i < used; i++) {
            read(files.get(i), i == used - 1, visitor, at -> progress.accept(at - start));
        }
        List<String> unused = new ArrayList<>();
        files.subList(used, files.size()).forEach(file -> unused.add(file.path()));
        String last = used == 0 ? "" : files.get(used - 1).path();
        progress.accept(bytes());
        return new Outcome(start, end, records, last, torn, tornBytes, unused);
    }

    private boolean isUnwritten(LogFile file) {
        try (StoreFile.Mapping mapping = directory.map(file.path())) {
            ByteBuffer bytes = mapping.bytes();
            return bytes.limit() < Long.BYTES || bytes.getLong(0) == 0;
        }
    }

    private void read(LogFile file, boolean last, Visitor visitor, LongConsumer progress) {
        try (StoreFile.Mapping mapping = directory.map(file.path())) {
            ByteBuffer bytes = mapping.bytes();
            int limit = bytes.limit();
            int at = 0;
            int shown = 0;
            while (at < limit) {
                long position = file.start() + at;
                if (at - shown >= PROGRESS_BYTES) {
                    progress.accept(position);
                    shown = at;
                }
                RecordView.Found found = view.look(bytes, at, limit);
                if (found == RecordView.Found.BLANK && view.totalSize() == limit - at) {
                    break;
                }
                String reason = reason(found, bytes, at, limit, position);
                if (reason.isEmpty()) {
                    visitor.record(view);
                    records++;
                    at += view.totalSize();
                    continue;
                }
                int next = nextWhole(file, bytes, at + 1);
                if (next < 0 && last) {
                    lookBehind(bytes, at, reason);
                    end = position;
                    return;
                }
                visitor.damage(
                        file.path(), position, (next < 0 ? limit : next) - (long) at, reason);
                at = next < 0 ? limit : next;
            }
        }
        end = file.start() + file.length();
    }

    /// @return why there is no whole record; empty when there is
    private String reason(
            RecordView.Found found, ByteBuffer bytes, int at, int limit, long position) {
        return switch (found) {
            case RECORD -> RecordCheck.damage(view, bytes, at + view.totalSize(), position);
            case BLANK -> "blank of " + view.totalSize() + " bytes where " + (limit - at) + " are";
            case NOTHING -> "nothing is written there";
            case DAMAGE -> view.damage();
        };
    }

    /// A record says itself where it belongs, so that bytes of a body are not mistaken for one.
    ///
    /// @return the index of the next whole record; -1 when there is none in this file
    private int nextWhole(LogFile file, ByteBuffer bytes, int from) {
        int limit = bytes.limit();
        int at = from;
        while (at + MAGIC_AT + Long.BYTES <= limit) {
            if (bytes.getLong(at + MAGIC_AT) == 0) {
                at += Long.BYTES; // no byte of a magic is zero
                continue;
            }
            int magic = bytes.getInt(at + MAGIC_AT);
            if ((magic == RecordLayout.MAGIC_V1 || magic == RecordLayout.MAGIC_V2)
                    && isWhole(bytes, at, file.start() + at)) {
                return at;
            }
            at++;
        }
        return -1;
    }

    private boolean isWhole(ByteBuffer bytes, int at, long position) {
        return view.look(bytes, at, bytes.limit()) == RecordView.Found.RECORD
                && view.position() == position
                && RecordCheck.damage(view, bytes, at + view.totalSize(), position).isEmpty();
    }

    private void lookBehind(ByteBuffer bytes, int at, String reason) {
        int last = bytes.limit();
        while (last - Long.BYTES >= at && bytes.getLong(last - Long.BYTES) == 0) {
            last -= Long.BYTES;
        }
        while (last > at && bytes.get(last - 1) == 0) {
            last--;
        }
        tornBytes = last - at;
        torn = tornBytes == 0 ? "" : reason;
    }
}
