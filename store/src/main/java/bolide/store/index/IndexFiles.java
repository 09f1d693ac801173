package bolide.store.index;

import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index files in the order of their positions. Anybody looks them up; what changes the list
/// waits for its turn.
public final class IndexFiles {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);
    private static final int MOST_MENDED = 100; // of one question

    private final Volume volume;
    private final Generation.Limits limits;
    private final RecentBlocks recent = new RecentBlocks();
    private volatile IndexFile[] all = new IndexFile[0];
    private volatile LogScan log; // null: damage stays

    private IndexFiles(Volume volume, Generation.Limits limits) {
        this.volume = volume;
        this.limits = limits;
    }

    /// Opens the files that are whole and about the given part of the log, and deletes the others.
    /// What is missing then, [#gaps] tells.
    ///
    /// @param logStart the log's first position
    /// @param snapshotPosition from which on the log is replayed; equal to the log's first position
    ///   when all of it is
    public static IndexFiles open(
            Volume volume, Generation.Limits limits, long logStart, long snapshotPosition) {
        IndexFiles files = new IndexFiles(volume, limits);
        boolean usable = false;
        try {
            for (String name : volume.list(IndexFile.DIRECTORY)) {
                files.openNext(name, logStart, snapshotPosition);
            }
            usable = true;
            return files;
        } finally {
            if (!usable) {
                files.close();
            }
        }
    }

    private void openNext(String name, long logStart, long snapshotPosition) {
        String path = IndexFile.DIRECTORY + "/" + name;
        long start;
        try {
            start = Long.parseLong(name);
        } catch (NumberFormatException other) {
            start = -1;
        }
        if (start < 0 || !path.equals(IndexFile.name(start))) {
            LOG.warn("{} holds a file that is no index file: {}", volume.describe(), path);
            return;
        }
        if (start < snapshotPosition) {
            try {
                IndexFile file = IndexFile.open(start, volume.open(path));
                if (file.end() > logStart && file.end() <= snapshotPosition && start >= end()) {
                    add(file);
                    return;
                }
                file.release();
            } catch (DamagedIndexException damaged) {
                LOG.warn("{}; it is written anew", damaged.getMessage());
            }
        }
        volume.delete(path);
    }

    private long end() {
        IndexFile[] now = all;
        return now.length == 0 ? 0 : now[now.length - 1].end();
    }

    /// @return the files as they are now; not to be changed
    public IndexFile[] all() {
        return all;
    }

    /// @return the file that begins there; null when there is none now
    IndexFile about(long start) {
        for (IndexFile file : all) {
            if (file.start() == start) {
                return file;
            }
        }
        return null;
    }

    /// @return the stretches between two positions that no file is about
    public List<Stretch> gaps(long from, long to) {
        List<Stretch> gaps = new ArrayList<>();
        long covered = from;
        for (IndexFile file : all) {
            if (file.start() > covered && covered < to) {
                gaps.add(new Stretch(covered, Math.min(to, file.start())));
            }
            covered = Math.max(covered, file.end());
        }
        if (covered < to) {
            gaps.add(new Stretch(covered, to));
        }
        return gaps;
    }

    /// Writes a frozen generation. From then on readers find it here, too.
    ///
    /// @throws StorageException when the disk refuses; nothing has changed, and it may be tried
    ///   again
    public synchronized IndexFile write(Generation frozen) {
        IndexFile file = create(frozen);
        add(file);
        return file;
    }

    private IndexFile create(Generation frozen) {
        IndexWriter writer = new IndexWriter(frozen);
        String name = IndexFile.name(frozen.start());
        volume.delete(name); // what an earlier try, or damage, has left
        StoreFile file = volume.create(name, writer.length());
        boolean written = false;
        try {
            writer.writeTo(file);
            written = true;
        } finally {
            if (!written) {
                giveUp(name, file);
            }
        }
        return IndexFile.open(frozen.start(), file);
    }

    private void giveUp(String name, StoreFile file) {
        try {
            file.close();
            volume.delete(name);
        } catch (StorageException again) { // the next try, or start, deletes it
            LOG.warn("an unfinished index file stays: {}", again.getMessage());
        }
    }

    private void add(IndexFile file) {
        IndexFile[] now = all;
        IndexFile[] more = new IndexFile[now.length + 1];
        int at = 0;
        while (at < now.length && now[at].start() < file.start()) {
            more[at] = now[at];
            at++;
        }
        more[at] = file;
        System.arraycopy(now, at, more, at + 1, now.length - at);
        all = more;
    }

    /// @param scan of the log, from which files that are found damaged are written anew
    public void mendFrom(LogScan scan) {
        log = scan;
    }

    /// Asks, and asks again after a file was found damaged on the way and has been written anew.
    ///
    /// Waits for the disk.
    ///
    /// @throws DamagedIndexException when that does not help
    /// @throws StorageException when the disk refuses
    public <T> T mending(Supplier<T> question) {
        for (int tries = 0; ; tries++) {
            try {
                return question.get();
            } catch (DamagedIndexException damaged) {
                if (log == null || tries == MOST_MENDED) {
                    throw damaged;
                }
                LOG.error("{}; writing it anew from the log", damaged.getMessage());
                rebuild(damaged.stretch(), log);
            }
        }
    }

    /// Writes files anew, or those that are missing.
    ///
    /// @param stretch of a [DamagedIndexException], or a gap
    /// @throws StorageException when the disk refuses; may be tried again
    public synchronized void rebuild(Stretch stretch, LogScan log) {
        IndexFile[] now = all;
        for (int i = 0; i < now.length; i++) {
            if (now[i].stretch().equals(stretch)) {
                Rebuilding rebuilding = new Rebuilding(stretch.start(), Generation.Limits.DEFAULT);
                log.forEach(stretch, rebuilding::apply);
                IndexFile[] mended = now.clone();
                mended[i] = create(rebuilding.freeze(stretch.end()));
                all = mended;
                now[i].release();
                return;
            }
        }
        if (!gaps(stretch.start(), stretch.end()).equals(List.of(stretch))) {
            return; // somebody else was faster
        }
        fill(stretch, log);
    }

    private void fill(Stretch gap, LogScan log) {
        Rebuilding[] present = {new Rebuilding(gap.start(), limits)};
        log.forEach(
                gap,
                record -> {
                    if (present[0].isFull()) {
                        add(create(present[0].freeze(record.position())));
                        present[0] = new Rebuilding(record.position(), limits);
                    }
                    present[0].apply(record);
                });
        add(create(present[0].freeze(gap.end())));
    }

    /// Deletes the files that are only about what the log no longer holds.
    ///
    /// @param logStart the log's first position
    public synchronized void dropBelow(long logStart) {
        IndexFile[] now = all;
        int kept = 0;
        while (kept < now.length && now[kept].end() <= logStart) {
            kept++;
        }
        for (int i = 0; i < kept; i++) {
            volume.delete(IndexFile.name(now[i].start())); // readers may still be there
            all = Arrays.copyOfRange(now, i + 1, now.length);
            now[i].release();
        }
    }

    /// Lets go of the files once their last reader has finished.
    public synchronized void close() {
        IndexFile[] now = all;
        all = new IndexFile[0];
        for (IndexFile file : now) {
            file.release();
        }
    }

    /// @param offset one that the span covers
    /// @return the entries around it
    /// @throws DamagedIndexException when they are not as they were written
    public EntryBlock block(Span span, long offset) {
        return recent.of(span, offset);
    }

    /// @param test true of a queue's first runs up to one, and of none behind
    /// @param from where the queue's present life began; what a file says about an earlier one is
    ///   not asked for, and no file holds runs of both
    /// @return the newest run for which the test is true
    /// @throws DamagedIndexException when a file on the way is not as it was written
    public Optional<Span> newest(QueueName queue, long from, Predicate<Span> test) {
        while (true) {
            RunSearch search = new RunSearch(all, queue, from);
            Optional<Span> found = search.newest(test);
            if (!search.metClosed()) {
                return found;
            }
        }
    }

    /// @param test false of a queue's first runs up to one, and true of all behind
    /// @return the oldest run for which the test is true
    /// @see #newest
    public Optional<Span> oldest(QueueName queue, long from, Predicate<Span> test) {
        while (true) {
            RunSearch search = new RunSearch(all, queue, from);
            Optional<Span> found = search.oldest(test);
            if (!search.metClosed()) {
                return found;
            }
        }
    }
}
