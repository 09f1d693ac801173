package bolide.store.commitlog;

import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import java.util.Arrays;
import java.util.Locale;

/// The log's files in the order of their positions, without gaps. All but the last are full and on
/// stable storage. The appender adds to them, anybody looks them up.
public final class Segments {
    /// Where the segments lie below the store's directory.
    public static final String DIRECTORY = "commitlog";

    private static final int NAME_DIGITS = 20;

    /// The next segment before it has its position.
    private static final String SPARE = "spare/segment";

    private static final long NO_SPARE = -1;

    private final Volume volume;
    private final long segmentBytes;
    private volatile Segment[] all = new Segment[0];

    // Guarded by this object.
    private long spareAllocated = NO_SPARE;

    private Segments(Volume volume, long segmentBytes) {
        this.volume = volume;
        this.segmentBytes = segmentBytes;
    }

    /// Opens the segments that exist.
    ///
    /// @param segmentBytes the length of new ones
    /// @throws StorageException when one is missing between two others, or a name is none
    public static Segments open(Volume volume, long segmentBytes) {
        Segments segments = new Segments(volume, segmentBytes);
        boolean whole = false;
        try {
            for (String name : volume.list(DIRECTORY)) {
                segments.openNext(name);
            }
            whole = true;
            return segments;
        } finally {
            if (!whole) {
                segments.close();
            }
        }
    }

    private void openNext(String name) {
        long start = startOf(name);
        if (!isEmpty() && start != last().end()) {
            throw damaged(
                    "segment "
                            + name
                            + " does not continue the one before, which ends at "
                            + last().end()
                            + "; bring the missing segment back");
        }
        StoreFile file = volume.open(DIRECTORY + "/" + name);
        if (file.length() > Integer.MAX_VALUE) {
            file.close();
            throw damaged("segment " + name + " is longer than " + Integer.MAX_VALUE + " bytes");
        }
        add(start, file, file.length());
    }

    private long startOf(String name) {
        if (name.length() == NAME_DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            try {
                return Long.parseLong(name);
            } catch (NumberFormatException tooLarge) {
                throw damaged("segment " + name + " begins beyond the largest position");
            }
        }
        throw damaged("holds a file that is no segment: " + name + "; move it away");
    }

    private StorageException damaged(String what) {
        return new StorageException("commit log of " + volume.describe() + ": " + what);
    }

    /// Deletes the oldest segment, which is not the last. Who still reads it may do so to the end.
    ///
    /// @throws StorageException when the disk refuses; may be tried again
    public synchronized void removeFirst() {
        Segment[] now = all;
        volume.delete(nameOf(now[0].start()));
        all = Arrays.copyOfRange(now, 1, now.length);
        now[0].release();
    }

    /// @return the file of the segment that begins there, below the store's directory
    static String nameOf(long start) {
        return String.format(Locale.ROOT, "%s/%0" + NAME_DIGITS + "d", DIRECTORY, start);
    }

    private Segment add(long start, StoreFile file, long allocated) {
        Segment added;
        boolean mapped = false;
        try {
            added = new Segment(start, file, allocated);
            mapped = true;
        } finally {
            if (!mapped) {
                file.close();
            }
        }
        Segment[] now = all;
        Segment[] more = Arrays.copyOf(now, now.length + 1);
        more[now.length] = added;
        all = more;
        return added;
    }

    /// @return the segments as they are now; not to be changed
    public Segment[] all() {
        return all;
    }

    /// @return the position of the log's first byte
    public long start() {
        Segment[] now = all;
        return now.length == 0 ? 0 : now[0].start();
    }

    /// @return the position behind the last segment
    public long end() {
        Segment[] now = all;
        return now.length == 0 ? 0 : now[now.length - 1].end();
    }

    public boolean isEmpty() {
        return all.length == 0;
    }

    public Segment last() {
        Segment[] now = all;
        return now[now.length - 1];
    }

    /// @return the length of new segments
    public long segmentBytes() {
        return segmentBytes;
    }

    /// @return the segment that holds the position
    /// @throws IllegalArgumentException when none does
    public Segment at(long position) {
        Segment found = find(position);
        if (found == null) {
            throw new IllegalArgumentException("no segment holds position " + position + " now");
        }
        return found;
    }

    /// @return the segment that holds the position; null when it is gone
    /// @throws IllegalArgumentException when the log does not reach so far
    public Segment find(long position) {
        Segment[] now = all;
        for (int i = now.length - 1; i >= 0; i--) { // readers mostly want the newest
            if (position >= now[i].start()) {
                if (position < now[i].end()) {
                    return now[i];
                }
                throw new IllegalArgumentException(
                        "no segment holds position " + position + " yet");
            }
        }
        return null;
    }

    /// Creates the next segment, once the last one is on stable storage. So a crash that takes
    /// bytes of a segment finds nothing in a later one, and recovery may take whatever is wrong
    /// before the last segment for what it is.
    ///
    /// @throws StoreRefusal when there is no room for it, or the disk refuses; may be tried again
    /// @throws StorageException when the last segment cannot be synced: final
    synchronized Segment addNext() {
        long start = 0;
        if (!isEmpty()) {
            last().seal();
            start = last().end();
        }
        String name = nameOf(start);
        try {
            volume.delete(name); // an earlier try may have come to naught after naming it
            return spareAllocated == NO_SPARE
                    ? add(start, volume.create(name, segmentBytes), 0)
                    : addSpare(start, name);
        } catch (StorageException refused) {
            throw new StoreRefusal("no next log segment: " + refused.getMessage());
        }
    }

    private Segment addSpare(long start, String name) {
        long allocated = spareAllocated;
        spareAllocated = NO_SPARE;
        volume.rename(SPARE, name);
        return add(start, volume.open(name), allocated);
    }

    /// Makes the file of the next segment, so that rolling only has to name it.
    ///
    /// @param allocated how many of its bytes get their place on the disk
    /// @throws StorageException when there is no room, or the disk refuses; may be tried again
    void prepareSpare(long allocated) {
        volume.delete(SPARE); // an earlier try, or life, may have left one
        long bytes = Math.min(allocated, segmentBytes);
        try (StoreFile file = volume.create(SPARE, segmentBytes)) {
            file.allocate(0, bytes);
            file.sync();
        }
        synchronized (this) { // rolling never waits for the above
            spareAllocated = bytes;
        }
    }

    synchronized boolean hasSpare() {
        return spareAllocated != NO_SPARE;
    }

    /// @return whether the last segment is shorter than it was made: the process ended while it was
    ///   being cut
    public boolean isLastShort() {
        return last().end() - last().start() < fullLength();
    }

    private long fullLength() {
        Segment[] now = all;
        return now.length == 1
                ? segmentBytes
                : now[now.length - 2].end() - now[now.length - 2].start();
    }

    /// Makes what the last segment holds part of its next sync, whatever became of earlier ones.
    /// After a failed sync the system goes on to show what it could not write, and takes it for
    /// written: the next process reads it, and its own sync would not touch it.
    ///
    /// @param flushed everything below was synced
    /// @param end the position behind the last byte
    public void rewriteLast(long flushed, long end) {
        last().rewrite(Math.max(flushed, last().start()), end);
    }

    /// Makes the last segment read as zeros from there on, and brings what is before to stable
    /// storage. Only before anybody else reads.
    ///
    /// @param end the position of the first byte that is forgotten
    public void cutLast(long end) {
        Segment last = last();
        long length = Math.max(last.end() - last.start(), fullLength());
        Segment[] now = all;
        all = Arrays.copyOf(now, now.length - 1);
        Segment[] cut = now.clone();
        cut[cut.length - 1] = last.cut((int) (end - last.start()), length);
        all = cut;
    }

    /// Brings the last segment, which is full, to stable storage.
    public void sealLast() {
        last().seal();
    }

    /// Lets go of the files; readers that still hold a segment keep it until they release it.
    public void close() {
        for (Segment segment : all) {
            segment.release();
        }
    }
}
