package bolide.store.commitlog;

import bolide.protocol.message.RecordView;
import bolide.store.file.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Records picked from the log to be sent as they lie there. Neighbours become one slice. Whoever
/// collects them releases them, once, when the bytes are no longer needed.
public final class LogSlices {
    private record Slice(Segment segment, int from, int to) {}

    private final Segments segments;
    private final List<Slice> slices = new ArrayList<>();
    private int size;

    public LogSlices(Segments segments) {
        this.segments = segments;
    }

    /// Adds a record without looking at it: it was written by this process and is still in memory.
    ///
    /// @return false when its segment is gone
    public boolean add(long position, int bytes) {
        Segment segment = segments.find(position);
        return segment != null && add(segment, segment.indexOf(position), bytes);
    }

    private boolean add(Segment segment, int from, int bytes) {
        if (!slices.isEmpty()) {
            Slice last = slices.getLast();
            if (last.segment() == segment && last.to() == from) {
                slices.set(slices.size() - 1, new Slice(segment, last.from(), from + bytes));
                size += bytes;
                return true;
            }
        }
        if (!segment.retain()) {
            return false;
        }
        slices.add(new Slice(segment, from, from + bytes));
        size += bytes;
        return true;
    }

    /// Adds a record after comparing it with its place and its checksums.
    ///
    /// @return false when its segment is gone
    /// @throws StorageException when it is damaged, or the disk does not give it
    public boolean addVerified(long position, int bytes, RecordView view) {
        Segment segment = segments.find(position);
        if (segment == null || !segment.retain()) {
            return false;
        }
        try {
            int from = segment.indexOf(position);
            String damage = damage(segment, from, bytes, view);
            if (!damage.isEmpty()) {
                throw new StorageException(
                        "damaged record at position " + position + " of the commit log: " + damage);
            }
            return add(segment, from, bytes);
        } catch (InternalError fault) {
            throw StorageException.unreadable(Segments.nameOf(segment.start()), position, fault);
        } finally {
            segment.release();
        }
    }

    private static String damage(Segment segment, int from, int size, RecordView view) {
        ByteBuffer bytes = segment.bytes();
        if (size < 0 || size > bytes.limit() - from) {
            return "size " + size + " does not fit into " + (bytes.limit() - from);
        }
        return switch (view.look(bytes, from, from + size)) {
            case RECORD ->
                    view.totalSize() == size
                            ? RecordCheck.damage(view, bytes, from + size, segment.start() + from)
                            : "its size is " + view.totalSize() + " instead of " + size;
            case DAMAGE -> view.damage();
            case NOTHING -> "nothing is written there";
            case BLANK -> "the end of a segment is there";
        };
    }

    /// @return bytes in all
    public int size() {
        return size;
    }

    /// @return the bytes, in the order they were added; good until [#release()]
    public ByteBuffer[] parts() {
        ByteBuffer[] parts = new ByteBuffer[slices.size()];
        for (int i = 0; i < parts.length; i++) {
            Slice slice = slices.get(i);
            parts[i] = slice.segment().bytes().slice(slice.from(), slice.to() - slice.from());
        }
        return parts;
    }

    public void release() {
        for (Slice slice : slices) {
            slice.segment().release();
        }
        slices.clear();
    }
}
