package bolide.store.commitlog;

import bolide.agent.Agent;
import bolide.agent.Position;
import bolide.store.file.StorageException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/// Brings written bytes to stable storage. One sync serves everyone who waits. Owner of `flushed`,
/// and of `readable` in the policy SYNC; in the policy ASYNC the appender's thread moves
/// `readable`.
final class Flusher implements Agent, Acknowledger {
    /// Bytes that were written together, and those who wait for them.
    private record Written(long end, List<AppendListener> waiting) {}

    private final Segments segments;
    private final FlushPolicy policy;
    private final long intervalNanos;
    private final LongSupplier nanoClock;
    private final Position flushed;
    private final Position readable;
    private final Runnable onReadable;
    private final ConcurrentLinkedQueue<Written> unflushed = new ConcurrentLinkedQueue<>();
    private volatile long written;
    private volatile Runnable wake = () -> {};
    private long lastSyncNanos;

    /// @param end the end of the log, all of it on stable storage
    /// @param intervalNanos between two syncs in the policy ASYNC
    /// @param onReadable told, after each move of `readable`, on the moving thread
    Flusher(
            Segments segments,
            long end,
            FlushPolicy policy,
            long intervalNanos,
            LongSupplier nanoClock,
            Runnable onReadable) {
        this.segments = segments;
        this.policy = policy;
        this.intervalNanos = intervalNanos;
        this.nanoClock = nanoClock;
        this.onReadable = onReadable;
        this.flushed = new Position(end);
        this.readable = policy == FlushPolicy.SYNC ? flushed : new Position(end);
        this.written = end;
        this.lastSyncNanos = nanoClock.getAsLong();
    }

    /// @param action ends the rest of the thread that runs this agent
    void wakeBy(Runnable action) {
        wake = action;
    }

    Position flushed() {
        return flushed;
    }

    Position readable() {
        return readable;
    }

    @Override
    public String name() {
        return "flusher";
    }

    @Override
    public void written(long end, List<AppendListener> waiting) {
        if (policy == FlushPolicy.ASYNC) {
            written = end;
            readable.advanceTo(end);
            acknowledge(waiting);
            onReadable.run();
            return;
        }
        if (!waiting.isEmpty()) {
            unflushed.add(new Written(end, waiting));
        }
        written = end;
        wake.run();
    }

    @Override
    public boolean step() {
        long target = written;
        if (target == flushed.get() || !isDue()) {
            return false;
        }
        sync(target);
        if (policy == FlushPolicy.SYNC) {
            Written next = unflushed.peek();
            while (next != null && next.end() <= target) {
                unflushed.poll();
                acknowledge(next.waiting());
                next = unflushed.peek();
            }
            onReadable.run();
        }
        return true;
    }

    private boolean isDue() {
        return policy == FlushPolicy.SYNC || nanoClock.getAsLong() - lastSyncNanos >= intervalNanos;
    }

    @Override
    public long restNanos() {
        return policy == FlushPolicy.SYNC ? Long.MAX_VALUE : intervalNanos;
    }

    /// @throws StorageException when a sync fails; the bytes' fate is unknown then, and a second
    ///   try could report success without having written them
    void sync(long target) {
        long from = flushed.get();
        for (Segment segment : segments.all()) {
            if (segment.start() < target && segment.end() > from) {
                segment.file().sync();
            }
        }
        lastSyncNanos = nanoClock.getAsLong();
        flushed.advanceTo(target);
    }

    private static void acknowledge(List<AppendListener> waiting) {
        for (AppendListener listener : waiting) {
            listener.readable();
        }
    }
}
