package bolide.store.index;

import bolide.protocol.message.RecordView;
import java.util.ArrayList;
import java.util.List;

/// What was derived from one stretch of the log, in memory. Filled by the dispatcher, or recovery;
/// frozen, it is read by the checkpointer. Readers of queues and keys come at any time.
public final class Generation {
    /// When a generation is to be frozen.
    ///
    /// @param records of the log
    /// @param bytes of the log
    public record Limits(int records, long bytes) {
        public static final Limits DEFAULT = new Limits(512 * 1024, 256L * 1024 * 1024);

        public Limits {
            if (records < 1 || bytes < 1 || bytes > MOST_BYTES / OVERFULL / 2) {
                throw new IllegalArgumentException(
                        "generation of " + records + " records or " + bytes + " bytes");
            }
        }
    }

    private static final long MOST_BYTES = 1L << 32; // positions within it take four bytes
    private static final int OVERFULL = 4;
    private static final int KEYS_PER_RECORD = 8; // on average, at most

    private final long start;
    private final Limits limits;
    private final List<Chunk> chunks = new ArrayList<>(); // null: dropped
    private final KeyHashes keys = new KeyHashes();
    private final RecordKeys.Sink sink = this::addKey;
    private int records;
    private long firstTime = Long.MAX_VALUE;
    private long lastTime = Long.MIN_VALUE;
    private long last; // position of the record that is, or was, added last
    private volatile long end = -1;

    Generation(long start, Limits limits) {
        this.start = start;
        this.last = start;
        this.limits = limits;
    }

    /// @return the position of the first byte it is about
    public long start() {
        return start;
    }

    /// @return the position behind the last byte it is about
    /// @throws IllegalStateException while it is being filled
    public long end() {
        if (end < 0) {
            throw new IllegalStateException("the generation from " + start + " is not frozen");
        }
        return end;
    }

    public Stretch stretch() {
        return new Stretch(start, end());
    }

    public boolean isFrozen() {
        return end >= 0;
    }

    void freeze(long at) {
        if (isFrozen() || at <= last && records > 0 || at <= start) {
            throw new IllegalStateException(
                    "generation from " + start + " with a record at " + last + " ends at " + at);
        }
        end = at;
    }

    /// @return whether it should be frozen now
    public boolean isFull() {
        return records >= limits.records()
                || last - start >= limits.bytes()
                || keys.count() >= (long) KEYS_PER_RECORD * limits.records();
    }

    /// @return whether so much has come that nothing more should before the last one frozen is
    ///   written
    public boolean isOverfull() {
        return keys.count() >= (long) OVERFULL * KEYS_PER_RECORD * limits.records()
                || records >= (long) OVERFULL * limits.records()
                || last - start >= OVERFULL * limits.bytes();
    }

    /// @return how many records of the log it is about, whatever they are
    public int records() {
        return records;
    }

    /// @return the earliest store time; [Long#MAX_VALUE] when there is no record
    public long firstTime() {
        return firstTime;
    }

    /// @return the latest store time; [Long#MIN_VALUE] when there is no record
    public long lastTime() {
        return lastTime;
    }

    /// Counts a record. The caller adds what follows from it.
    public void pass(RecordView record) {
        last = record.position();
        records++;
        long time = record.storeTimestamp();
        firstTime = Math.min(firstTime, time);
        lastTime = Math.max(lastTime, time);
    }

    /// @param found the keys of the record that was passed last
    public void addKeys(RecordKeys found) {
        found.forEach(sink);
        keys.publish();
    }

    private void addKey(int hash) {
        long distance = last - start;
        if (distance >= MOST_BYTES) {
            throw new IllegalStateException(
                    "the generation from " + start + " was not frozen before " + last);
        }
        keys.add(hash, distance);
    }

    /// Begins a run of a queue.
    ///
    /// @param endBefore the queue's end before this generation; negative when it did not exist
    /// @param earlier the queue's run before in this generation; null for none
    public Chunk begin(String topic, int queueId, long firstOffset, long endBefore, Chunk earlier) {
        Chunk chunk =
                new Chunk(this, chunks.size(), topic, queueId, firstOffset, endBefore, earlier);
        chunks.add(chunk);
        return chunk;
    }

    /// The queue is gone: its runs are not written. Readers that have them may go on.
    ///
    /// @param newest the last run of it
    public void drop(Chunk newest) {
        for (Chunk chunk = newest; chunk != null; chunk = chunk.earlier()) {
            chunks.set(chunk.number(), null);
        }
    }

    /// @return all runs with entries, in the order they were begun; only once it is frozen
    public List<Chunk> chunks() {
        List<Chunk> held = new ArrayList<>(chunks.size());
        for (Chunk chunk : chunks) {
            if (chunk != null) {
                held.add(chunk);
            }
        }
        return held;
    }

    KeyHashes keys() {
        return keys;
    }
}
