package bolide.store.index;

import bolide.store.file.StoreFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;

/// An index file that is open for reading. Nothing in it is believed before its checksum was
/// compared. Its mapping lives until it is let go and the last reader has finished.
public final class IndexFile {
    static final String DIRECTORY = "index";
    private static final int NAME_DIGITS = 20;

    /// The answer of a file that has nothing of the queue.
    static final Span[] UNKNOWN = {};

    /// The answer of a file that is closed.
    static final Span[] CLOSED = {};

    private final StoreFile file;
    private final StoreFile.Mapping mapping;
    private final ByteBuffer bytes;
    private final AtomicInteger references = new AtomicInteger(1); // the list's own
    private final Stretch stretch;
    private final long firstTime;
    private final long lastTime;
    private final long records;
    private final int namesAt;
    private final int directoryAt;
    private final int slots;
    private final int keysAt;
    private final int keyCount;

    /// Opens a file; closes it when that fails.
    ///
    /// @throws DamagedIndexException when the file was not written whole
    static IndexFile open(long start, StoreFile file) {
        boolean usable = false;
        StoreFile.Mapping mapping = null;
        try {
            if (file.length() < IndexFormat.HEADER_BYTES || file.length() > Integer.MAX_VALUE) {
                throw new DamagedIndexException(
                        new Stretch(start, start + 1), 0, "it has " + file.length() + " bytes");
            }
            mapping = file.map();
            IndexFile opened = new IndexFile(start, file, mapping);
            usable = true;
            return opened;
        } finally {
            if (!usable) {
                try {
                    if (mapping != null) {
                        mapping.close();
                    }
                } finally {
                    file.close();
                }
            }
        }
    }

    private IndexFile(long start, StoreFile file, StoreFile.Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
        this.bytes = mapping.bytes();
        int header = IndexFormat.HEADER_BYTES;
        Stretch unknown = new Stretch(start, start + 1);
        int crcAt = header - IndexFormat.CRC_BYTES;
        if (bytes.getInt(crcAt) != IndexFormat.checksum(bytes, 0, crcAt, start, 0)) {
            throw new DamagedIndexException(unknown, 0, "the header was not written whole");
        }
        if (bytes.getLong(0) != IndexFormat.MAGIC || bytes.getInt(8) != IndexFormat.VERSION) {
            throw new DamagedIndexException(unknown, 0, "it is of version " + bytes.getInt(8));
        }
        if (bytes.getLong(IndexFormat.START_AT) != start
                || bytes.getInt(IndexFormat.LENGTH_AT) != bytes.limit()) {
            throw new DamagedIndexException(unknown, 0, "it is not the file it was written to");
        }
        this.stretch = new Stretch(start, bytes.getLong(IndexFormat.END_AT));
        this.firstTime = bytes.getLong(IndexFormat.FIRST_TIME_AT);
        this.lastTime = bytes.getLong(IndexFormat.LAST_TIME_AT);
        this.records = bytes.getLong(IndexFormat.RECORDS_AT);
        this.namesAt = bytes.getInt(IndexFormat.NAMES_AT);
        this.directoryAt = bytes.getInt(IndexFormat.DIRECTORY_AT);
        this.slots = bytes.getInt(IndexFormat.SLOTS_AT);
        this.keysAt = bytes.getInt(IndexFormat.KEYS_AT);
        this.keyCount = bytes.getInt(IndexFormat.KEY_COUNT_AT);
    }

    static String name(long start) {
        return DIRECTORY + "/" + String.format(Locale.ROOT, "%0" + NAME_DIGITS + "d", start);
    }

    /// @return what the file is about
    public Stretch stretch() {
        return stretch;
    }

    public long start() {
        return stretch.start();
    }

    public long end() {
        return stretch.end();
    }

    /// @return the earliest store time
    public long firstTime() {
        return firstTime;
    }

    /// @return the latest store time
    public long lastTime() {
        return lastTime;
    }

    /// @return how many records of the log it is about
    public long records() {
        return records;
    }

    private boolean retain() {
        int count = references.get();
        while (count > 0) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    void release() {
        int left = references.decrementAndGet();
        assert left >= 0 : name(start()) + " released too often";
        if (left == 0) {
            try {
                mapping.close();
            } finally {
                file.close();
            }
        }
    }

    /// @return the queue's runs by offset; empty when it has none; [#CLOSED]
    Span[] runs(QueueName queue) {
        if (!retain()) {
            return CLOSED;
        }
        try {
            return find(queue);
        } finally {
            release();
        }
    }

    private Span[] find(QueueName queue) {
        Span[] found = UNKNOWN;
        int slot = IndexFormat.slotOf(queue.hash(), slots);
        for (int i = 0; i < slots; i++) {
            int at = directoryAt + slot * IndexFormat.SLOT_BYTES;
            int stored = bytes.getInt(at + IndexFormat.SLOT_BYTES - IndexFormat.CRC_BYTES);
            if (stored != IndexFormat.slotChecksum(bytes, at, start(), slot)) {
                throw new DamagedIndexException(stretch, at, "this slot was not written so");
            }
            if (bytes.getInt(at + IndexFormat.SLOT_COUNT_AT) == 0) {
                break;
            }
            if (isOf(queue, at)) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = span(at);
            }
            slot = (slot + 1) % slots;
        }
        if (found.length > 1) { // written in their order, but the table may begin anew between
            Arrays.sort(found, Comparator.comparingLong(Span::firstOffset));
        }
        return found;
    }

    private boolean isOf(QueueName queue, int slotAt) {
        if (bytes.getLong(slotAt) != queue.hash()
                || bytes.getInt(slotAt + IndexFormat.SLOT_QUEUE_ID_AT) != queue.queueId()) {
            return false;
        }
        int at = bytes.getInt(slotAt + IndexFormat.SLOT_NAME_AT);
        int head = IndexFormat.NAME_LENGTH_BYTES;
        int length = bytes.getShort(at) & 0xFFFF;
        if (length == queue.topic().length && isText(queue.topic(), at + head)) {
            return true; // damage would not have made it the one that is asked for
        }
        if (at + head + length + IndexFormat.CRC_BYTES > directoryAt) {
            throw new DamagedIndexException(stretch, at, "a topic of " + length + " bytes");
        }
        check(at, head + length, at);
        return false;
    }

    private boolean isText(byte[] text, int at) {
        for (int i = 0; i < text.length; i++) {
            if (bytes.get(at + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private Span span(int at) {
        return new Span(
                this,
                bytes.getLong(at),
                bytes.getLong(at + IndexFormat.SLOT_FIRST_OFFSET_AT),
                bytes.getInt(at + IndexFormat.SLOT_COUNT_AT),
                start()
                        + Integer.toUnsignedLong(
                                bytes.getInt(at + IndexFormat.SLOT_FIRST_POSITION_AT)),
                start()
                        + Integer.toUnsignedLong(
                                bytes.getInt(at + IndexFormat.SLOT_LAST_POSITION_AT)),
                bytes.getLong(at + IndexFormat.SLOT_FIRST_TIME_AT),
                bytes.getLong(at + IndexFormat.SLOT_LAST_TIME_AT),
                bytes.getInt(at + IndexFormat.SLOT_ENTRIES_AT));
    }

    /// @return the entries around an offset that the span covers
    EntryBlock block(Span span, long offset) {
        if (!retain()) {
            return EntryBlock.GONE;
        }
        try {
            long first = span.blockStart(offset);
            int before = (int) (first - span.firstOffset());
            int entries = Math.min(IndexFormat.BLOCK_ENTRIES, span.count() - before);
            int at = span.entriesAt() + (int) IndexFormat.entriesBytes(before);
            int length = entries * IndexFormat.ENTRY_BYTES;
            check(at, length, IndexFormat.entriesPlace(span.hash(), first));
            long[] fields = new long[entries * Chunk.FIELDS];
            bytes.slice(at, length).asLongBuffer().get(fields);
            return new EntryBlock(first, fields);
        } finally {
            release();
        }
    }

    /// Shows the places of a key's records, the newest first, until the visitor has enough.
    ///
    /// @param isTooLate whether the record at a position was stored too late to be shown: with the
    ///   positions this turns from false to true once at most
    /// @param visitor given positions; answers whether to go on
    /// @return false when the file is closed, and nothing was shown
    boolean forEachKey(int hash, LongPredicate isTooLate, LongPredicate visitor) {
        if (!retain()) {
            return false;
        }
        try {
            new KeySearch().forEach(hash, isTooLate, visitor);
            return true;
        } finally {
            release();
        }
    }

    private void check(int at, int length, long place) {
        int stored = bytes.getInt(at + length);
        if (stored != IndexFormat.checksum(bytes, at, length, start(), place)) {
            throw new DamagedIndexException(
                    stretch, at, "the checksum of these " + length + " bytes does not match");
        }
    }

    /// One search among the keys; remembers which block was compared with its checksum last.
    private final class KeySearch {
        private int checked = -1;

        private long key(int index) {
            int block = index / IndexFormat.BLOCK_KEYS;
            int first = block * IndexFormat.BLOCK_KEYS;
            int at = keysAt + (int) IndexFormat.keysBytes(first);
            if (block != checked) {
                int count = Math.min(IndexFormat.BLOCK_KEYS, keyCount - first);
                check(at, count * IndexFormat.KEY_BYTES, first);
                checked = block;
            }
            return bytes.getLong(at + (index - first) * IndexFormat.KEY_BYTES);
        }

        private long position(int index) {
            return start() + KeyHashes.distance(key(index));
        }

        private void forEach(int hash, LongPredicate isTooLate, LongPredicate visitor) {
            int end = endOf(hash);
            int from = hash == Integer.MIN_VALUE ? 0 : endOf(hash - 1);
            int index = firstTooLate(from, end, isTooLate) - 1;
            while (index >= from && visitor.test(position(index))) {
                index--;
            }
        }

        private int firstTooLate(int begin, int end, LongPredicate isTooLate) {
            if (begin == end || !isTooLate.test(position(end - 1))) {
                return end;
            }
            int from = begin;
            int to = end - 1;
            while (from < to) {
                int middle = from + (to - from) / 2;
                if (isTooLate.test(position(middle))) {
                    to = middle;
                } else {
                    from = middle + 1;
                }
            }
            return from;
        }

        /// @return the index behind the last key of that hash, or where it would be
        private int endOf(int hash) {
            int guess = guess(hash);
            int from = guess - IndexFormat.BLOCK_KEYS;
            while (from >= 0 && isBeyond(hash, from)) {
                from -= guess - from;
            }
            int to = guess + IndexFormat.BLOCK_KEYS;
            while (to < keyCount && !isBeyond(hash, to)) {
                to += to - guess;
            }
            from = Math.max(0, from);
            to = Math.min(keyCount, to);
            while (from < to) {
                int middle = from + (to - from) / 2;
                if (isBeyond(hash, middle)) {
                    to = middle;
                } else {
                    from = middle + 1;
                }
            }
            return from;
        }

        private boolean isBeyond(int hash, int index) {
            return KeyHashes.hash(key(index)) > hash;
        }

        /// Hashes are spread evenly, except for keys that very many records have.
        private int guess(int hash) {
            long aboveLeast = (long) hash - Integer.MIN_VALUE;
            return (int) (aboveLeast * keyCount >>> 32);
        }
    }
}
