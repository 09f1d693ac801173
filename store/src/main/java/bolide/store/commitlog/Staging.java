package bolide.store.commitlog;

import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Numbered records on their way to the file: one run of bytes that begins at a known position, and
/// those who follow it. Two of them take turns.
final class Staging {
    private static final int USUAL_BYTES = 1024 * 1024;

    private final int capacity;
    private final CRC32 crc = new CRC32();
    private final List<AppendListener> listeners = new ArrayList<>();
    private ByteBuffer bytes; // grows to the capacity when a large append asks for it
    private long start;
    private int skipped; // bytes of a blank that are not written

    Staging(int capacity) {
        this.capacity = capacity;
        this.bytes = ByteBuffer.allocateDirect(Math.min(capacity, USUAL_BYTES));
    }

    void beginAt(long position) {
        bytes.clear();
        listeners.clear();
        start = position;
        skipped = 0;
    }

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    /// Makes room when that is possible without writing what is staged.
    ///
    /// @return whether that many bytes and a blank behind them fit
    boolean hasRoomFor(int size) {
        int needed = size + RecordLayout.BLANK_BYTES;
        if (needed > bytes.remaining() && isEmpty() && needed <= capacity) {
            long doubled = 2L * Integer.highestOneBit(needed);
            bytes = ByteBuffer.allocateDirect((int) Math.min(capacity, doubled));
        }
        return needed <= bytes.remaining();
    }

    /// @return the position behind the last staged byte, behind the whole of a blank
    long end() {
        return start + bytes.position() + skipped;
    }

    long start() {
        return start;
    }

    /// Adds one encoded record and writes its numbers into it.
    void add(ByteBuffer record, long queueOffset, long storeTimestamp) {
        int at = bytes.position();
        long position = end();
        bytes.put(record);
        RecordLayout.number(bytes, at, queueOffset, position, storeTimestamp);
    }

    /// Marks the rest of the segment as unused. Nothing follows it.
    void addBlank(int size) {
        bytes.putInt(size).putInt(RecordLayout.MAGIC_BLANK);
        skipped = size - RecordLayout.BLANK_BYTES;
    }

    void follow(AppendListener listener) {
        listeners.add(listener);
    }

    /// Computes the checksums of all staged records, whose bytes are final now.
    ///
    /// @return the bytes to be written at [#start()]
    ByteBuffer seal() {
        int end = bytes.position();
        bytes.flip();
        int at = 0;
        while (at < end && RecordLayout.magic(bytes, at) != RecordLayout.MAGIC_BLANK) {
            RecordCrc.seal(bytes, at, crc);
            at += RecordLayout.totalSize(bytes, at);
        }
        return bytes;
    }

    /// @return those who wait for these bytes
    List<AppendListener> listeners() {
        return listeners;
    }
}
