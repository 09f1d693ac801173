package bolide.store.index;

import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes one frozen generation to a file, in pieces. What it writes depends on the stretch of the
/// log alone. First everything is measured, for the file gets its length when it is created.
final class IndexWriter {
    private static final int PIECE_BYTES = 1024 * 1024;

    private final Generation generation;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<QueueName> queues = new ArrayList<>(); // of the chunks
    private final int[] entriesAt;
    private final Map<String, Integer> names = new LinkedHashMap<>(); // and their places
    private final long[] keys;
    private final int namesAt;
    private final int directoryAt;
    private final int slots;
    private final int keysAt;
    private final int length;

    private final ByteBuffer piece;
    private StoreFile file;
    private long written;

    IndexWriter(Generation generation) {
        this.generation = generation;
        for (Chunk chunk : generation.chunks()) {
            if (chunk.count() > 0) {
                chunks.add(chunk);
            }
        }
        keys = generation.keys().sorted();
        entriesAt = new int[chunks.size()];
        long at = IndexFormat.HEADER_BYTES;
        for (int i = 0; i < entriesAt.length; i++) {
            entriesAt[i] = place(at);
            at += IndexFormat.entriesBytes(chunks.get(i).count());
        }
        namesAt = place(at);
        for (Chunk chunk : chunks) {
            QueueName queue = new QueueName(chunk.topic(), chunk.queueId());
            queues.add(queue);
            if (names.putIfAbsent(chunk.topic(), place(at)) == null) {
                at += IndexFormat.NAME_LENGTH_BYTES + queue.topic().length + IndexFormat.CRC_BYTES;
            }
        }
        directoryAt = place(at);
        slots = IndexFormat.slotsFor(chunks.size());
        at += (long) slots * IndexFormat.SLOT_BYTES;
        keysAt = place(at);
        at += IndexFormat.keysBytes(keys.length);
        length = place(at);
        piece = ByteBuffer.allocateDirect(Math.min(PIECE_BYTES, length));
    }

    private int place(long at) {
        if (at > Integer.MAX_VALUE) {
            throw new StorageException(
                    "index file of "
                            + at
                            + " bytes or more; the longest is of "
                            + Integer.MAX_VALUE);
        }
        return (int) at;
    }

    /// @return bytes of the file
    int length() {
        return length;
    }

    /// Writes everything; the header once the rest is on stable storage.
    void writeTo(StoreFile created) {
        file = created;
        written = IndexFormat.HEADER_BYTES;
        for (int i = 0; i < chunks.size(); i++) {
            writeEntries(chunks.get(i), queues.get(i).hash());
        }
        writeNames();
        writeDirectory();
        writeKeys();
        flush();
        file.sync();
        written = 0;
        writeHeader();
        flush();
        file.sync();
    }

    private void writeEntries(Chunk chunk, long queueHash) {
        long end = chunk.endOffset();
        for (long first = chunk.firstOffset(); first < end; ) {
            long blockEnd = Math.min(end, first + IndexFormat.BLOCK_ENTRIES);
            int from = begin(IndexFormat.BLOCK_ENTRIES * IndexFormat.ENTRY_BYTES);
            for (long offset = first; offset < blockEnd; offset++) {
                long[] page = chunk.page(offset);
                int at = chunk.at(offset);
                for (int i = 0; i < Chunk.FIELDS; i++) {
                    piece.putLong(page[at + i]);
                }
            }
            seal(from, IndexFormat.entriesPlace(queueHash, first));
            first = blockEnd;
        }
    }

    private void writeNames() {
        names.forEach((topic, at) -> {
            byte[] text = topic.getBytes(StandardCharsets.UTF_8);
            int from = begin(IndexFormat.NAME_LENGTH_BYTES + text.length);
            piece.putShort((short) text.length).put(text);
            seal(from, at);
        });
    }

    private void writeDirectory() {
        int[] chunkOf = new int[slots]; // plus 1; 0 is an empty slot
        for (int i = 0; i < chunks.size(); i++) {
            int slot = IndexFormat.slotOf(queues.get(i).hash(), slots);
            while (chunkOf[slot] != 0) {
                slot = (slot + 1) % slots;
            }
            chunkOf[slot] = i + 1;
        }
        for (int slot = 0; slot < slots; slot++) {
            int from = begin(IndexFormat.SLOT_BYTES);
            if (chunkOf[slot] > 0) {
                putRun(chunkOf[slot] - 1);
            }
            while (piece.position() < from + IndexFormat.SLOT_BYTES - IndexFormat.CRC_BYTES) {
                piece.putInt(0);
            }
            piece.putInt(IndexFormat.slotChecksum(piece, from, generation.start(), slot));
        }
    }

    private void putRun(int number) {
        Chunk chunk = chunks.get(number);
        piece.putLong(queues.get(number).hash())
                .putLong(chunk.firstOffset())
                .putLong(chunk.firstTime())
                .putLong(chunk.lastTime())
                .putInt((int) (chunk.firstPosition() - generation.start()))
                .putInt((int) (chunk.lastPosition() - generation.start()))
                .putInt(chunk.count())
                .putInt(entriesAt[number])
                .putInt(names.get(chunk.topic()))
                .putInt(chunk.queueId());
    }

    private void writeKeys() {
        for (int first = 0; first < keys.length; first += IndexFormat.BLOCK_KEYS) {
            int from = begin(IndexFormat.BLOCK_KEYS * IndexFormat.KEY_BYTES);
            int end = Math.min(keys.length, first + IndexFormat.BLOCK_KEYS);
            for (int i = first; i < end; i++) {
                piece.putLong(keys[i]);
            }
            seal(from, first);
        }
    }

    private void writeHeader() {
        int from = begin(IndexFormat.HEADER_BYTES);
        piece.putLong(IndexFormat.MAGIC)
                .putInt(IndexFormat.VERSION)
                .putInt(0)
                .putLong(generation.start())
                .putLong(generation.end())
                .putLong(generation.firstTime())
                .putLong(generation.lastTime())
                .putLong(generation.records())
                .putInt(namesAt)
                .putInt(directoryAt)
                .putInt(slots)
                .putInt(keysAt)
                .putInt(keys.length)
                .putInt(length);
        while (piece.position() < from + IndexFormat.HEADER_BYTES - IndexFormat.CRC_BYTES) {
            piece.putInt(0);
        }
        seal(from, 0);
    }

    /// Makes room for bytes that get one checksum.
    ///
    /// @return where in the piece they begin
    private int begin(int bytes) {
        if (piece.remaining() < bytes + IndexFormat.CRC_BYTES) {
            flush();
        }
        return piece.position();
    }

    private void seal(int from, long place) {
        piece.putInt(
                IndexFormat.checksum(
                        piece, from, piece.position() - from, generation.start(), place));
    }

    private void flush() {
        piece.flip();
        int bytes = piece.remaining();
        if (bytes > 0) {
            file.write(written, piece);
            written += bytes;
        }
        piece.clear();
    }
}
