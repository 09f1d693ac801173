package bolide.store.consumequeue;

import bolide.store.file.StorageException;
import java.util.Arrays;

/// Where the messages of one queue lie in the log, by offset. The dispatcher adds to it, anybody
/// reads it: what lies below [#maxOffset()] never changes.
///
/// Entries stand in chunks of memory, 32 bytes each: position, size, tag hash, store time.
public final class ConsumeQueue {
    /// Which of several messages with the same store time is meant.
    public enum Boundary {
        LOWER,
        UPPER
    }

    private static final int FIELDS = 4;
    private static final int FIRST_CHUNK_ENTRIES = 8;
    private static final int CHUNK_ENTRIES = 1024;

    private final String topic;
    private final int queueId;
    private final long minOffset;

    // Written by the dispatcher. What is new in an array is published by maxOffset; an array that
    // takes the place of another by itself, because readers of older entries meet it too.
    private volatile long[][] chunks = new long[1][];
    private volatile long maxOffset;

    /// @param firstOffset the offset of its first message: 0 unless the log begins later
    ConsumeQueue(String topic, int queueId, long firstOffset) {
        this.topic = topic;
        this.queueId = queueId;
        this.minOffset = firstOffset;
        this.maxOffset = firstOffset;
    }

    public String topic() {
        return topic;
    }

    public int queueId() {
        return queueId;
    }

    /// @return the first readable offset; equal to [#maxOffset()] when there is none
    public long minOffset() {
        return minOffset;
    }

    /// @return one past the last readable offset
    public long maxOffset() {
        return maxOffset;
    }

    /// Adds the next message. Only the dispatcher, or recovery.
    ///
    /// @throws StorageException when the offset is not the next one
    void add(long offset, long position, int size, long tagHash, long storeTimestamp) {
        if (offset != maxOffset) {
            throw new StorageException(
                    "queue "
                            + topic
                            + "@"
                            + queueId
                            + " ends at offset "
                            + maxOffset
                            + ", but the message at position "
                            + position
                            + " has "
                            + offset);
        }
        long index = offset - minOffset;
        long[] chunk = chunkToFill((int) (index / CHUNK_ENTRIES), (int) (index % CHUNK_ENTRIES));
        int at = (int) (index % CHUNK_ENTRIES) * FIELDS;
        chunk[at] = position;
        chunk[at + 1] = size;
        chunk[at + 2] = tagHash;
        chunk[at + 3] = storeTimestamp;
        maxOffset = offset + 1;
    }

    private long[] chunkToFill(int number, int entry) {
        long[][] now = chunks;
        if (number == now.length) {
            now = Arrays.copyOf(now, 2 * number);
            chunks = now;
        }
        if (now[number] == null) {
            int entries = number == 0 ? FIRST_CHUNK_ENTRIES : CHUNK_ENTRIES;
            now[number] = new long[entries * FIELDS]; // nobody reads it before maxOffset says so
        } else if (entry * FIELDS == now[number].length) {
            now = now.clone();
            now[number] = Arrays.copyOf(now[number], 2 * now[number].length);
            chunks = now;
        }
        return now[number];
    }

    /// @return whether there is a message at the offset; if so the entry tells where
    public boolean read(long offset, Entry into) {
        if (offset < minOffset || offset >= maxOffset) { // in this order: maxOffset, then chunks
            return false;
        }
        long index = offset - minOffset;
        long[] chunk = chunks[(int) (index / CHUNK_ENTRIES)];
        int at = (int) (index % CHUNK_ENTRIES) * FIELDS;
        into.position = chunk[at];
        into.size = (int) chunk[at + 1];
        into.tagHash = chunk[at + 2];
        into.storeTimestamp = chunk[at + 3];
        return true;
    }

    /// Searches by store time, which never falls along a queue.
    ///
    /// @return LOWER: the first offset whose message was stored at or after that time; UPPER: the
    ///   last one whose message was stored at or before it; within minimum and maximum
    public long offsetAt(long timestamp, Boundary boundary) {
        long from = minOffset;
        long to = maxOffset;
        Entry entry = new Entry();
        while (from < to) {
            long middle = from + (to - from) / 2;
            read(middle, entry);
            boolean before =
                    boundary == Boundary.LOWER
                            ? entry.storeTimestamp < timestamp
                            : entry.storeTimestamp <= timestamp;
            if (before) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return boundary == Boundary.LOWER ? from : Math.max(minOffset, from - 1);
    }
}
