package bolide.store.checkpoint;

import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import bolide.store.state.Fact;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Collects what holds at one position of the log, and makes a file of it. See [SnapshotLayout].
final class SnapshotWriter {
    private static final int PIECE_BYTES = 1024 * 1024;

    private final long position;
    private final long newest;
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long bytes;
    private String lastTopic = "";
    private byte[] lastTopicBytes = {};

    /// @param position everything below is in the snapshot
    /// @param newest the latest store time below that
    SnapshotWriter(long position, long newest) {
        this.position = position;
        this.newest = newest;
    }

    void add(Fact fact) {
        byte[] key = fact.key().getBytes(StandardCharsets.UTF_8);
        int length = 2 + 8 + 2 + key.length + fact.value().length;
        begin(SnapshotLayout.FACT, length)
                .putShort((short) fact.kind().code())
                .putLong(fact.position())
                .putShort((short) key.length)
                .put(key)
                .put(fact.value());
    }

    /// @param lifeStart where the topic's present life begins in the log
    /// @param end the queue's next offset
    void addQueue(String topic, int queueId, long lifeStart, long end) {
        if (!topic.equals(lastTopic)) {
            lastTopic = topic;
            lastTopicBytes = topic.getBytes(StandardCharsets.UTF_8);
        }
        int length = 4 + 8 + 8 + lastTopicBytes.length;
        begin(SnapshotLayout.QUEUE, length)
                .putInt(queueId)
                .putLong(lifeStart)
                .putLong(end)
                .put(lastTopicBytes);
    }

    private ByteBuffer begin(byte kind, int length) {
        int needed = SnapshotLayout.ENTRY_HEAD_BYTES + length;
        if (piece.remaining() < needed) {
            piece = ByteBuffer.allocate(Math.max(PIECE_BYTES, needed));
            pieces.add(piece);
        }
        bytes += needed;
        return piece.put(kind).putInt(length);
    }

    /// Writes the file; after a failure there is none.
    ///
    /// @throws bolide.store.file.StorageException when the disk refuses
    void writeTo(Volume volume) {
        String name = SnapshotLayout.nameOf(position);
        volume.delete(name); // a half one of an earlier life
        boolean whole = false;
        try (StoreFile file = volume.create(name, SnapshotLayout.HEADER_BYTES + bytes)) {
            CRC32 crc = new CRC32();
            long at = SnapshotLayout.HEADER_BYTES;
            for (ByteBuffer full : pieces) {
                full.flip();
                crc.update(full.duplicate());
                file.write(at, full);
                at += full.remaining();
            }
            file.sync();
            file.write(0, SnapshotLayout.header(position, newest, bytes, crc.getValue()));
            file.sync();
            whole = true;
        } finally {
            if (!whole) {
                volume.delete(name);
            }
        }
    }
}
