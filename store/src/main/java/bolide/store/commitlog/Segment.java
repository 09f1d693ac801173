package bolide.store.commitlog;

import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/// One file of the log: the bytes from `start` to `start + length`. Its mapping lives until the
/// segment is retired and the last reader has let go.
public final class Segment {
    private static final int REWRITTEN_AT_ONCE_BYTES = 1024 * 1024;

    private final long start;
    private final long length;
    private final StoreFile file;
    private final StoreFile.Mapping mapping;
    private final ByteBuffer bytes;
    private final AtomicInteger references = new AtomicInteger(1); // the log's own

    // Guarded by this segment.
    private StorageException syncFailure;
    private boolean sealed;

    // Moved by one thread at a time, under its own lock.
    private final Object allocation = new Object();
    private volatile long allocatedEnd;

    /// @param allocated how many of its bytes have their place on the disk
    Segment(long start, StoreFile file, long allocated) {
        this.start = start;
        this.allocatedEnd = start + allocated;
        this.length = file.length();
        this.file = file;
        this.mapping = file.map();
        this.bytes = mapping.bytes();
    }

    /// @return the position of its first byte
    public long start() {
        return start;
    }

    /// @return the position behind its last byte
    public long end() {
        return start + length;
    }

    /// @return the whole segment, to be read with absolute indexes only
    public ByteBuffer bytes() {
        return bytes;
    }

    /// @return the index into [#bytes()] of a position within this segment
    public int indexOf(long position) {
        assert position >= start && position < end() : position + " is outside of " + start;
        return (int) (position - start);
    }

    /// @return whether the segment may be read until [#release()]; false once it is retired
    public boolean retain() {
        int count = references.get();
        while (count > 0) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    public void release() {
        int left = references.decrementAndGet();
        assert left >= 0 : "segment " + start + " released too often";
        if (left == 0) {
            try {
                mapping.close();
            } finally {
                file.close();
            }
        }
    }

    /// @return the position up to which the bytes have their place on the disk
    long allocatedEnd() {
        return allocatedEnd;
    }

    /// Gives bytes their place on the disk, from where that ends now.
    ///
    /// @param position up to here; behind the segment's end means its end
    /// @throws StorageException when there is no room; may be tried again
    void allocateUpTo(long position) {
        synchronized (allocation) {
            long to = Math.min(position, end());
            if (to > allocatedEnd) {
                file.allocate(allocatedEnd - start, to - start);
                allocatedEnd = to;
            }
        }
    }

    /// Writes bytes that belong at a position within this segment.
    void write(long position, ByteBuffer written) {
        file.write(indexOf(position), written);
    }

    /// Writes what is there once more, between two positions of this segment.
    void rewrite(long from, long end) {
        int to = (int) (end - start);
        int first = (int) (from - start);
        ByteBuffer chunk =
                ByteBuffer.allocateDirect(Math.clamp(to - first, 0, REWRITTEN_AT_ONCE_BYTES));
        for (int at = first; at < to; at += chunk.limit()) {
            int count = Math.min(chunk.capacity(), to - at);
            chunk.clear().put(0, bytes, at, count).limit(count);
            file.write(at, chunk);
        }
    }

    /// Brings what has been written to stable storage. One thread after the other: of two that ask
    /// the disk at the same time only one would learn of a failure.
    synchronized void sync() {
        if (syncFailure != null) {
            throw syncFailure;
        }
        if (sealed) {
            return;
        }
        try {
            file.sync();
        } catch (StorageException failed) {
            syncFailure = failed;
            throw failed;
        }
    }

    /// Syncs for the last time: nothing is written to this segment any more.
    synchronized void seal() {
        sync();
        sealed = true;
    }

    /// Forgets the bytes from that index on. The mapping is closed first: memory behind the end of
    /// a file must not be touched.
    ///
    /// @param newLength of the file afterwards
    /// @return the segment to use from now on; this one is released
    Segment cut(int from, long newLength) {
        mapping.close();
        references.set(0);
        boolean mapped = false;
        try {
            file.cut(from, newLength);
            Segment cut = new Segment(start, file, from);
            mapped = true;
            return cut;
        } finally {
            if (!mapped) {
                file.close();
            }
        }
    }
}
