package bolide.store.consumequeue;

import bolide.store.file.StorageException;
import bolide.store.index.Chunk;
import bolide.store.index.EntryBlock;
import bolide.store.index.Generation;
import bolide.store.index.IndexFiles;
import bolide.store.index.QueueName;
import bolide.store.index.Run;
import bolide.store.index.Span;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Where the messages of one queue lie in the log, by offset. The dispatcher adds to it, anybody
/// reads it: what lies below [#maxOffset()] never changes.
///
/// The newest entries are in memory, in chunks of the present generation and of the frozen one; the
/// others in index files, which nothing here mends: whoever asks may be in a hurry. An entry is in
/// a file before it leaves memory, and readers look in that order, so that they never miss one.
public final class ConsumeQueue {
    /// Which of several messages with the same store time is meant.
    public enum Boundary {
        LOWER,
        UPPER
    }

    private static final long NOT_THERE = -1;

    private final String topic;
    private final int queueId;
    private final long lifeStart;
    private final IndexFiles files;
    private final LongSupplier logStart;

    // The last runs of two generations. Written under this queue's lock, by the dispatcher when a
    // run begins and by the checkpointer when a generation has become a file.
    private volatile Chunk newest;
    private volatile Chunk frozen;

    private volatile long maxOffset; // publishes what is new in the newest chunk
    private volatile long hiddenBelow;

    // Each is immutable and right whenever it was written, so any thread may set it.
    private Minimum minimum;
    private Span lastSpan;

    private int shownIn; // the checkpointer's
    private long grewIn = -1; // the dispatcher's

    /// The first offset as found once.
    ///
    /// @param logStart the log's first position at that time
    /// @param emptyAt the queue's end when it had no message; negative when it had one
    private record Minimum(long logStart, long offset, long emptyAt) {}

    /// @param lifeStart the position from which on the log speaks of this queue, and not of one of
    ///   the same name that was removed
    ConsumeQueue(
            String topic,
            int queueId,
            long lifeStart,
            long maxOffset,
            IndexFiles files,
            LongSupplier logStart) {
        this.topic = topic;
        this.queueId = queueId;
        this.lifeStart = lifeStart;
        this.maxOffset = maxOffset;
        this.files = files;
        this.logStart = logStart;
    }

    public String topic() {
        return topic;
    }

    public int queueId() {
        return queueId;
    }

    /// @return the position from which on the log speaks of this queue
    public long lifeStart() {
        return lifeStart;
    }

    /// @return one past the last readable offset
    public long maxOffset() {
        return maxOffset;
    }

    /// @return the first readable offset; equal to [#maxOffset()] when there is none
    /// @throws bolide.store.index.DamagedIndexException when an index file is, see
    ///   [ConsumeQueues#mending]
    public long minOffset() {
        long start = logStart.getAsLong();
        long max = maxOffset;
        Minimum known = minimum;
        if (known == null
                || known.logStart() != start
                || known.emptyAt() >= 0 && known.emptyAt() != max) {
            known = findMinimum(start, max);
            minimum = known;
        }
        return Math.max(known.offset(), Math.min(hiddenBelow, max));
    }

    /// What lies below is not shown any more.
    public void hideBelow(long offset) {
        synchronized (this) {
            hiddenBelow = Math.max(hiddenBelow, offset);
        }
    }

    private Minimum findMinimum(long start, long max) {
        Chunk present = newest; // in this order, see above
        Chunk before = frozen;
        Optional<Span> inFile = files.oldest(name(), lifeStart, run -> run.lastPosition() >= start);
        Run oldest = inFile.orElse(null);
        oldest = oldest == null ? oldestReaching(before, start) : oldest;
        oldest = oldest == null ? oldestReaching(present, start) : oldest;
        if (oldest == null) {
            return new Minimum(start, max, max);
        }
        long from = oldest.firstOffset();
        long to = oldest.endOffset() - 1; // this one reaches it
        Entry entry = new Entry();
        while (from < to) {
            long middle = from + (to - from) / 2;
            readRun(oldest, middle, entry);
            if (entry.position() < start) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return new Minimum(start, from, NOT_THERE);
    }

    private static Run oldestReaching(Chunk last, long position) {
        Run oldest = null;
        for (Chunk chunk = last; chunk != null; chunk = chunk.earlier()) {
            if (chunk.endOffset() > chunk.firstOffset() && chunk.lastPosition() >= position) {
                oldest = chunk;
            }
        }
        return oldest;
    }

    private QueueName name() {
        return new QueueName(topic, queueId);
    }

    /// Adds the next message. Only the dispatcher, or recovery. Offsets may be passed over: their
    /// messages were lost to damage.
    ///
    /// @param generation the present one
    /// @throws StorageException when the offset has been passed before
    void add(
            Generation generation,
            long offset,
            long position,
            int size,
            long tagHash,
            long storeTimestamp) {
        if (offset < maxOffset) {
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
        Chunk chunk = newest;
        if (chunk == null || chunk.generation() != generation || chunk.endOffset() != offset) {
            chunk = begin(generation, offset, maxOffset);
        }
        chunk.add(position, size, tagHash, storeTimestamp);
        maxOffset = offset + 1;
    }

    /// The queue comes into being. Only the dispatcher, or recovery.
    void beginLife(Generation generation) {
        begin(generation, maxOffset, NOT_THERE);
    }

    /// The next offset is at least this. Only the dispatcher, or recovery.
    void raiseEnd(Generation generation, long end) {
        if (end > maxOffset) {
            begin(generation, end, maxOffset);
            maxOffset = end;
        }
    }

    private synchronized Chunk begin(Generation generation, long firstOffset, long endBefore) {
        Chunk chunk = newest;
        boolean isOfIt = chunk != null && chunk.generation() == generation;
        Chunk begun =
                generation.begin(
                        topic,
                        queueId,
                        firstOffset,
                        isOfIt ? chunk.endBefore() : endBefore,
                        isOfIt ? chunk : null);
        if (chunk != null && !isOfIt) {
            frozen = chunk;
        }
        newest = begun;
        return begun;
    }

    /// The queue is gone, and what it has in the present generation is not kept.
    ///
    /// @return whether the queue existed before that generation
    boolean end(Generation generation) {
        Chunk chunk = newest;
        if (chunk == null || chunk.generation() != generation) {
            return true;
        }
        generation.drop(chunk);
        return chunk.endBefore() >= 0;
    }

    /// A run is in a file now. Only the checkpointer.
    synchronized void release(Chunk written) {
        if (newest == written) {
            newest = null;
        }
        if (frozen == written) {
            frozen = null;
        }
    }

    /// @return the queue's end as of the end of the generation, which is frozen; negative when it
    ///   came into being later
    synchronized long endAt(Generation generation) {
        Chunk chunk = newest;
        return chunk != null && chunk.generation().start() >= generation.end()
                ? chunk.endBefore()
                : maxOffset;
    }

    /// Only the dispatcher.
    ///
    /// @return whether this is the first message of the queue in that round
    public boolean growIn(long round) {
        boolean isFirst = grewIn != round;
        grewIn = round;
        return isFirst;
    }

    /// Only the checkpointer.
    ///
    /// @return whether this is the first time that the queue is shown in that round
    boolean showIn(int round) {
        boolean isFirst = shownIn != round;
        shownIn = round;
        return isFirst;
    }

    /// @return whether there is an offset like that; if so the entry tells where its message lies,
    ///   or that it is missing
    /// @throws bolide.store.index.DamagedIndexException when an index file is, see
    ///   [ConsumeQueues#mending]
    public boolean read(long offset, Entry into) {
        if (offset >= maxOffset || offset < hiddenBelow) { // maxOffset before the chunks
            return false;
        }
        boolean isKnown =
                into.showRemembered(this, offset)
                        || readChunks(newest, offset, into)
                        || readChunks(frozen, offset, into)
                        || readFiles(offset, into);
        if (!isKnown) {
            into.showMissing();
        }
        return into.isMissing() ? offset >= minOffset() : into.position() >= logStart.getAsLong();
    }

    /// @return whether the generation knows the offset, or knows that it is missing
    private static boolean readChunks(Chunk last, long offset, Entry into) {
        for (Chunk chunk = last; chunk != null; chunk = chunk.earlier()) {
            if (offset >= chunk.endOffset()) {
                into.showMissing(); // for the run behind, if any, begins later
                return true;
            }
            if (offset >= chunk.firstOffset()) {
                into.show(chunk.page(offset), chunk.at(offset));
                return true;
            }
        }
        return false;
    }

    private boolean readFiles(long offset, Entry into) {
        while (true) {
            Span span = lastSpan;
            if (span == null || !span.covers(offset)) {
                Optional<Span> found =
                        files.newest(name(), lifeStart, run -> run.firstOffset() <= offset);
                if (found.isEmpty() || !found.get().covers(offset)) {
                    return false;
                }
                span = found.get();
                lastSpan = span;
            }
            EntryBlock block = files.block(span, offset);
            if (!block.isGone()) {
                into.remember(this, block);
                return into.showRemembered(this, offset);
            }
            lastSpan = null;
        }
    }

    private void readRun(Run run, long offset, Entry into) {
        switch (run) {
            case Chunk chunk -> into.show(chunk.page(offset), chunk.at(offset));
            case Span inFile -> {
                if (!into.showRemembered(this, offset) && !readFiles(offset, into)) {
                    into.showMissing(); // dropped just now
                }
            }
        }
    }

    /// Searches by store time, which never falls along a queue.
    ///
    /// @return LOWER: the first offset whose message was stored at or after that time; UPPER: the
    ///   last one whose message was stored at or before it; within minimum and maximum
    /// @throws bolide.store.index.DamagedIndexException when an index file is, see
    ///   [ConsumeQueues#mending]
    public long offsetAt(long timestamp, Boundary boundary) {
        return switch (boundary) {
            case LOWER -> firstFrom(timestamp);
            case UPPER -> lastUpTo(timestamp);
        };
    }

    private long firstFrom(long timestamp) {
        long max = maxOffset;
        Chunk present = newest; // in this order, see above
        Chunk before = frozen;
        Run run =
                files.oldest(name(), lifeStart, span -> span.lastTime() >= timestamp).orElse(null);
        run = run == null ? oldestUntil(before, timestamp) : run;
        run = run == null ? oldestUntil(present, timestamp) : run;
        long found = run == null ? max : endBefore(run, timestamp, false);
        return Math.max(minOffset(), Math.min(found, max));
    }

    private static Run oldestUntil(Chunk last, long timestamp) {
        Run oldest = null;
        for (Chunk chunk = last; chunk != null; chunk = chunk.earlier()) {
            if (chunk.endOffset() > chunk.firstOffset() && chunk.lastTime() >= timestamp) {
                oldest = chunk;
            }
        }
        return oldest;
    }

    private long lastUpTo(long timestamp) {
        long max = maxOffset;
        Run run = newestFrom(newest, timestamp); // in this order, see above
        run = run == null ? newestFrom(frozen, timestamp) : run;
        run =
                run == null
                        ? files.newest(name(), lifeStart, span -> span.firstTime() <= timestamp)
                                .orElse(null)
                        : run;
        return run == null
                ? minOffset()
                : Math.max(minOffset(), Math.min(max, endBefore(run, timestamp, true)) - 1);
    }

    private static Run newestFrom(Chunk last, long timestamp) {
        for (Chunk chunk = last; chunk != null; chunk = chunk.earlier()) {
            if (chunk.endOffset() > chunk.firstOffset() && chunk.firstTime() <= timestamp) {
                return chunk;
            }
        }
        return null;
    }

    /// @param orAt whether a message of that very time is passed, too
    /// @return the first offset of the run whose message was stored at or after that time; the
    ///   run's end when there is none
    private long endBefore(Run run, long timestamp, boolean orAt) {
        long from = run.firstOffset();
        long to = run.endOffset();
        Entry entry = new Entry();
        while (from < to) {
            long middle = from + (to - from) / 2;
            readRun(run, middle, entry);
            boolean isBefore =
                    entry.isMissing()
                            || entry.storeTimestamp() < timestamp
                            || orAt && entry.storeTimestamp() == timestamp;
            if (isBefore) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
