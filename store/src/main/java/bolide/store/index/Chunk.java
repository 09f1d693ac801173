package bolide.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// A run in memory. The dispatcher adds to it, anybody reads.
public final class Chunk implements Run {
    /// What stands for an entry, in this order: position, size, tag hash, store time.
    public static final int FIELDS = 4;

    private static final int FIRST_ENTRIES = 2; // most queues of very many get few messages
    private static final int PAGE_ENTRIES = 1024;
    private static final int TIME = 3;

    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(Chunk.class, "count", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Generation generation;
    private final String topic;
    private final int queueId;
    private final long firstOffset;
    private final long endBefore;
    private final Chunk earlier;
    private final int number;

    // What is new in an array is published by the count; an array that takes the place of another
    // by itself, because readers of older entries meet it too.
    private volatile long[][] pages = {new long[FIRST_ENTRIES * FIELDS]};
    private int count;

    Chunk(
            Generation generation,
            int number,
            String topic,
            int queueId,
            long firstOffset,
            long endBefore,
            Chunk earlier) {
        this.generation = generation;
        this.number = number;
        this.topic = topic;
        this.queueId = queueId;
        this.firstOffset = firstOffset;
        this.endBefore = endBefore;
        this.earlier = earlier;
    }

    public Generation generation() {
        return generation;
    }

    public String topic() {
        return topic;
    }

    public int queueId() {
        return queueId;
    }

    /// @return the queue's end before this generation; negative when the queue did not exist
    public long endBefore() {
        return endBefore;
    }

    /// @return the queue's run before this one, of the same generation; null when this is the first
    public Chunk earlier() {
        return earlier;
    }

    /// @return its place among all chunks of the generation
    int number() {
        return number;
    }

    /// Adds the entry of the next offset.
    public void add(long position, int size, long tagHash, long storeTimestamp) {
        long[] page = pageToFill(count / PAGE_ENTRIES, count % PAGE_ENTRIES);
        int at = count % PAGE_ENTRIES * FIELDS;
        page[at] = position;
        page[at + 1] = size;
        page[at + 2] = tagHash;
        page[at + TIME] = storeTimestamp;
        COUNT.setRelease(this, count + 1);
    }

    private long[] pageToFill(int number, int entry) {
        long[][] now = pages;
        if (number == now.length) {
            now = Arrays.copyOf(now, 2 * number);
            now[number] = new long[PAGE_ENTRIES * FIELDS];
            pages = now;
        } else if (now[number] == null) {
            now[number] = new long[PAGE_ENTRIES * FIELDS]; // nobody reads it before it is filled
        } else if (entry * FIELDS == now[number].length) {
            now = now.clone();
            now[number] = Arrays.copyOf(now[number], 2 * now[number].length);
            pages = now;
        }
        return now[number];
    }

    /// @return what holds the entry, from [#at] on
    public long[] page(long offset) {
        return pages[(int) (offset - firstOffset) / PAGE_ENTRIES];
    }

    /// @return where in [#page] the entry begins
    public int at(long offset) {
        return (int) (offset - firstOffset) % PAGE_ENTRIES * FIELDS;
    }

    int count() {
        return (int) COUNT.getAcquire(this);
    }

    @Override
    public long firstOffset() {
        return firstOffset;
    }

    @Override
    public long endOffset() {
        return firstOffset + count();
    }

    @Override
    public long firstPosition() {
        return page(firstOffset)[0];
    }

    @Override
    public long lastPosition() {
        long last = endOffset() - 1;
        return page(last)[at(last)];
    }

    @Override
    public long firstTime() {
        return page(firstOffset)[TIME];
    }

    @Override
    public long lastTime() {
        long last = endOffset() - 1;
        return page(last)[at(last) + TIME];
    }
}
