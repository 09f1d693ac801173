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
    private final ByteBuffer bytes;
    private final CRC32 crc = new CRC32();
    private List<AppendListener> listeners = new ArrayList<>();
    private long start;

    Staging(int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity);
    }

    void beginAt(long position) {
        bytes.clear();
        start = position;
    }

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    /// @return whether that many bytes and a blank behind them still fit
    boolean hasRoomFor(int size) {
        return bytes.remaining() >= size + RecordLayout.BLANK_BYTES;
    }

    /// @return the position behind the last staged byte
    long end() {
        return start + bytes.position();
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

    void addBlank(int size) {
        bytes.putInt(size).putInt(RecordLayout.MAGIC_BLANK);
    }

    void follow(AppendListener listener) {
        listeners.add(listener);
    }

    /// Computes the checksums of all staged records, whose bytes are final now.
    ///
    /// @return the bytes to be written at [#start()]
    ByteBuffer seal() {
        bytes.flip();
        int at = 0;
        while (at < bytes.limit()) {
            if (RecordLayout.magic(bytes, at) == RecordLayout.MAGIC_BLANK) {
                break; // only ever the last
            }
            RecordCrc.seal(bytes, at, crc);
            at += RecordLayout.totalSize(bytes, at);
        }
        return bytes;
    }

    /// @return those who wait for these bytes; the next ones begin a list of their own
    List<AppendListener> takeListeners() {
        List<AppendListener> taken = listeners;
        listeners = new ArrayList<>();
        return taken;
    }
}
