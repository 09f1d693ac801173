package bolide.store.commitlog;

import bolide.store.file.StoreFile;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/// One file of the log: the bytes from `start` to `start + length`. Its mapping lives until the
/// segment is retired and the last reader has let go.
public final class Segment {
    private final long start;
    private final long length;
    private final StoreFile file;
    private final StoreFile.Mapping mapping;
    private final ByteBuffer bytes;
    private final AtomicInteger references = new AtomicInteger(1); // the log's own

    Segment(long start, StoreFile file) {
        this.start = start;
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
            mapping.close();
            file.close();
        }
    }

    /// Forgets the bytes from that index on. The mapping is closed first: memory behind the end of
    /// a file must not be touched.
    ///
    /// @return the segment to use from now on
    Segment cut(int from) {
        mapping.close();
        file.zeroFrom(from);
        return new Segment(start, file);
    }

    StoreFile file() {
        return file;
    }
}
