package bolide.store.verify;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.LogWalk;
import bolide.store.file.DirectoryView;
import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Reads every record of a log that nobody writes to, whoever wrote it, by the rules of recovery,
/// and goes on behind what is damaged.
public final class LogReader {
    /// Told of what is read, in the order of the log.
    public interface Visitor {
        /// A whole record.
        ///
        /// @param record good until the call returns
        void record(RecordView record);

        /// Something that is no record, although the log goes on behind it.
        ///
        /// @param bytes how many are passed over
        default void damage(String file, long position, long bytes, String reason) {}
    }

    /// What the log is, seen from its end.
    ///
    /// @param start the position of its first byte
    /// @param end where the next record goes
    /// @param records how many are whole
    /// @param lastFile the segment that holds the end; empty when there is none
    /// @param torn what stands behind the end; empty when that is nothing
    /// @param tornBytes how many bytes from the end to the last that is not zero
    /// @param tornRecords how many of them are whole records, which nothing holds to the log
    /// @param unused segments behind the one with the end, in which nothing is written
    public record Outcome(
            long start,
            long end,
            long records,
            String lastFile,
            String torn,
            long tornBytes,
            long tornRecords,
            List<String> unused) {}

    private static final int PROGRESS_BYTES = 1 << 16;

    private final DirectoryView directory;
    private final List<LogFile> files;
    private long records;
    private long end;
    private String torn = "";
    private long tornBytes;
    private long tornRecords;

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

    /// Reads a log of ours as recovery does: from the stable end on, the first place without a
    /// whole record is its end.
    ///
    /// @param stable everything below was on stable storage once
    /// @param progress told now and then how many bytes have been read
    /// @throws StorageException when the disk does not give the bytes
    public Outcome read(long stable, Visitor visitor, LongConsumer progress) {
        begin();
        for (LogFile file : files) {
            boolean last = file == files.getLast();
            long whole = last ? stable : file.end(); // the others were synced before the next began
            try (StoreFile.Mapping mapping = directory.map(file.path())) {
                Told told = new Told(file, visitor, progress);
                told.walk(mapping.bytes(), file.start(), whole);
                if (last) {
                    lookBehind(mapping.bytes(), (int) (end - file.start()), told.walk.reason());
                }
            } catch (InternalError fault) {
                throw StorageException.unreadable(file.path(), end, fault);
            }
        }
        int used = files.size();
        if (used > 1 && end == files.getLast().start() && torn.isEmpty()) {
            used--;
        }
        return outcome(used, progress);
    }

    /// Reads a log of another's, in which nothing but its records tells how far it reaches: what is
    /// not whole is damage when anything whole follows, and else the end.
    ///
    /// @param progress told now and then how many bytes have been read
    /// @throws StorageException when the disk does not give the bytes
    public Outcome read(Visitor visitor, LongConsumer progress) {
        begin();
        int used = files.size();
        while (used > 1 && isUnwritten(files.get(used - 1))) {
            used--;
        }
        for (int i = 0; i < used; i++) {
            LogFile file = files.get(i);
            try (StoreFile.Mapping mapping = directory.map(file.path())) {
                Told told = new Told(file, visitor, progress);
                if (i < used - 1) {
                    told.walk(mapping.bytes(), file.start(), file.end());
                } else {
                    readLast(file, mapping.bytes(), told);
                }
            } catch (InternalError fault) {
                throw StorageException.unreadable(file.path(), end, fault);
            }
        }
        return outcome(used, progress);
    }

    private void readLast(LogFile file, ByteBuffer bytes, Told told) {
        long whole = file.start();
        long from = file.start();
        int next;
        do {
            told.walk(bytes, from, whole);
            int at = (int) (end - file.start());
            next = told.walk.nextWhole(bytes, file.start(), at + 1, bytes.limit());
            from = end;
            whole = file.start() + next;
        } while (next >= 0);
        lookBehind(bytes, (int) (end - file.start()), told.walk.reason());
    }

    private void begin() {
        records = 0;
        end = files.isEmpty() ? 0 : files.getFirst().start();
        torn = "";
        tornBytes = 0;
        tornRecords = 0;
    }

    private boolean isUnwritten(LogFile file) {
        try (StoreFile.Mapping mapping = directory.map(file.path())) {
            ByteBuffer bytes = mapping.bytes();
            return bytes.limit() < Long.BYTES || bytes.getLong(0) == 0;
        } catch (InternalError fault) {
            throw StorageException.unreadable(file.path(), file.start(), fault);
        }
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
        if (tornBytes > 0) {
            torn = reason.isEmpty() ? "nothing is written there" : reason;
            Counting counting = new Counting();
            new LogWalk(counting).walk(bytes, end - at, end, end - at + last, Long.MAX_VALUE);
            tornRecords = counting.records;
        }
    }

    private Outcome outcome(int used, LongConsumer progress) {
        List<String> unused = new ArrayList<>();
        files.subList(used, files.size()).forEach(file -> unused.add(file.path()));
        long start = files.isEmpty() ? 0 : files.getFirst().start();
        String last = used == 0 ? "" : files.get(used - 1).path();
        progress.accept(bytes());
        return new Outcome(start, end, records, last, torn, tornBytes, tornRecords, unused);
    }

    /// Hands on what is found in one segment.
    private final class Told implements LogWalk.Visitor {
        private final LogFile file;
        private final Visitor visitor;
        private final LongConsumer progress;
        private final LogWalk walk = new LogWalk(this);
        private long shown;

        Told(LogFile file, Visitor visitor, LongConsumer progress) {
            this.file = file;
            this.visitor = visitor;
            this.progress = progress;
            this.shown = file.start();
        }

        void walk(ByteBuffer bytes, long from, long whole) {
            end = walk.walk(bytes, file.start(), from, file.end(), whole);
        }

        @Override
        public void record(RecordView view) {
            visitor.record(view);
            records++;
            if (view.position() - shown >= PROGRESS_BYTES) {
                shown = view.position();
                progress.accept(shown - files.getFirst().start());
            }
        }

        @Override
        public void damage(long from, long to, String reason, RecordView remains) {
            visitor.damage(file.path(), from, to - from, reason);
        }
    }

    private static final class Counting implements LogWalk.Visitor {
        private long records;

        @Override
        public void record(RecordView view) {
            records++;
        }

        @Override
        public void damage(long from, long to, String reason, RecordView remains) {
            // Only what is whole counts here.
        }
    }
}
