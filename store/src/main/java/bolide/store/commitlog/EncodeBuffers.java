package bolide.store.commitlog;

import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32;

/// Memory in which records are encoded before the log's lock is taken; used again and again.
final class EncodeBuffers {
    private static final int USUAL_BYTES = 64 * 1024;
    private static final int KEPT = 16;

    private final ConcurrentLinkedQueue<Buffer> idle = new ConcurrentLinkedQueue<>();

    /// @return a buffer with room for that many bytes
    Buffer take(int bytes) {
        if (bytes > USUAL_BYTES) {
            return new Buffer(ByteBuffer.allocate(bytes)); // rare, and not worth keeping
        }
        Buffer buffer = idle.poll();
        if (buffer == null) {
            return new Buffer(ByteBuffer.allocate(USUAL_BYTES));
        }
        buffer.clear();
        return buffer;
    }

    void giveBack(Buffer buffer) {
        if (buffer.bytes.capacity() == USUAL_BYTES && idle.size() < KEPT) {
            idle.add(buffer);
        }
    }

    /// Encoded records, one behind the other.
    static final class Buffer {
        private final ByteBuffer bytes;
        private final ByteBuffer reader;
        private final CRC32 crc = new CRC32();

        private Buffer(ByteBuffer bytes) {
            this.bytes = bytes;
            this.reader = bytes.duplicate();
        }

        void add(NewRecord record) {
            record.encode(bytes, crc);
            reader.limit(0);
        }

        int size() {
            return bytes.position();
        }

        /// @return the next record, in a view that the following call moves on
        ByteBuffer next() {
            int at = reader.limit();
            reader.limit(at + RecordLayout.totalSize(bytes, at)).position(at);
            return reader;
        }

        private void clear() {
            bytes.clear();
            reader.clear().limit(0);
        }
    }
}
