package bolide.store.commitlog;

import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.zip.CRC32;

/// Memory in which records are encoded before the log's lock is taken; used again and again.
final class EncodeBuffers {
    private static final int USUAL_BYTES = 64 * 1024;
    private static final int KEPT = 16;

    private final AtomicReferenceArray<Buffer> idle = new AtomicReferenceArray<>(KEPT);

    /// @return a buffer with room for that many bytes
    Buffer take(int bytes) {
        if (bytes > USUAL_BYTES) {
            return new Buffer(bytes); // rare, and not worth keeping
        }
        for (int i = 0; i < KEPT; i++) {
            Buffer buffer = idle.get(i) == null ? null : idle.getAndSet(i, null);
            if (buffer != null) {
                buffer.clear();
                return buffer;
            }
        }
        return new Buffer(USUAL_BYTES);
    }

    void giveBack(Buffer buffer) {
        if (buffer.bytes.capacity() != USUAL_BYTES) {
            return;
        }
        for (int i = 0; i < KEPT; i++) {
            if (idle.get(i) == null && idle.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }

    /// Encoded records, one behind the other; first added, then walked through.
    static final class Buffer {
        private final ByteBuffer bytes;
        private final ByteBuffer reader;
        private final CRC32 crc = new CRC32();

        private Buffer(int capacity) {
            this.bytes = ByteBuffer.allocate(capacity);
            this.reader = bytes.duplicate().limit(0);
        }

        void add(NewRecord record) {
            record.encode(bytes, crc);
        }

        int size() {
            return bytes.position();
        }

        /// Moves to the next record, at first to the first one.
        ///
        /// @return false behind the last one
        boolean next() {
            int at = reader.limit();
            if (at == bytes.position()) {
                return false;
            }
            reader.limit(at + RecordLayout.totalSize(bytes, at)).position(at);
            return true;
        }

        /// @return the record, in a view that [#next()] moves on
        ByteBuffer record() {
            return reader;
        }

        private void clear() {
            bytes.clear();
            reader.clear().limit(0);
        }
    }
}
