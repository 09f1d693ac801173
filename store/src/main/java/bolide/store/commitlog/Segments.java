package bolide.store.commitlog;

import bolide.store.file.StorageException;
import bolide.store.file.Volume;
import java.util.Arrays;
import java.util.List;

/// The log's files in the order of their positions, without gaps. The appender adds to them,
/// anybody looks them up.
public final class Segments {
    /// Where the segments lie below the store's directory.
    public static final String DIRECTORY = "commitlog";

    private static final int NAME_DIGITS = 20;

    private final Volume volume;
    private final long segmentBytes;
    private volatile Segment[] all;

    private Segments(Volume volume, long segmentBytes, Segment[] all) {
        this.volume = volume;
        this.segmentBytes = segmentBytes;
        this.all = all;
    }

    /// Opens the segments that exist.
    ///
    /// @param segmentBytes the length of new ones
    /// @throws StorageException when one is missing between two others, or a name is none
    public static Segments open(Volume volume, long segmentBytes) {
        List<String> names = volume.list(DIRECTORY);
        Segment[] found = new Segment[names.size()];
        for (int i = 0; i < found.length; i++) {
            long start = startOf(volume, names.get(i));
            if (i > 0 && start != found[i - 1].end()) {
                throw new StorageException(
                        "commit log of "
                                + volume.describe()
                                + ": segment "
                                + names.get(i)
                                + " does not continue the one before, which ends at "
                                + found[i - 1].end()
                                + "; bring the missing segment back");
            }
            found[i] = new Segment(start, volume.open(DIRECTORY + "/" + names.get(i)));
        }
        return new Segments(volume, segmentBytes, found);
    }

    private static long startOf(Volume volume, String name) {
        if (name.length() == NAME_DIGITS && name.chars().allMatch(Character::isDigit)) {
            return Long.parseLong(name);
        }
        throw new StorageException(
                "commit log of "
                        + volume.describe()
                        + " holds a file that is no segment: "
                        + name
                        + "; move it away");
    }

    /// @return the segments as they are now; not to be changed
    public Segment[] all() {
        return all;
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
        Segment[] now = all;
        for (int i = now.length - 1; i >= 0; i--) { // readers mostly want the newest
            if (position >= now[i].start()) {
                if (position < now[i].end()) {
                    return now[i];
                }
                break;
            }
        }
        throw new IllegalArgumentException("no segment holds position " + position);
    }

    /// Creates the next segment.
    ///
    /// @throws StoreRefusal when the disk has no room for it; may be tried again
    Segment add() {
        long free = volume.usableBytes();
        if (free < segmentBytes) {
            throw new StoreRefusal(
                    "disk full: "
                            + free
                            + " bytes are free at "
                            + volume.describe()
                            + ", the next log segment needs "
                            + segmentBytes
                            + "; free some space");
        }
        Segment[] now = all;
        long start = now.length == 0 ? 0 : last().end();
        String name = String.format("%0" + NAME_DIGITS + "d", start);
        Segment added = new Segment(start, volume.create(DIRECTORY + "/" + name, segmentBytes));
        Segment[] more = Arrays.copyOf(now, now.length + 1);
        more[now.length] = added;
        all = more;
        return added;
    }

    /// Makes the last segment read as zeros from there on, durably. Only before anybody else reads.
    ///
    /// @param from index of the first byte that is forgotten
    public void cutLast(int from) {
        Segment[] cut = all.clone();
        cut[cut.length - 1] = last().cut(from);
        all = cut;
    }

    /// Lets go of the files; readers that still hold a segment keep it until they release it.
    public void close() {
        for (Segment segment : all) {
            segment.release();
        }
    }
}
