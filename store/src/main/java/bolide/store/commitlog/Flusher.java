package bolide.store.commitlog;

import bolide.agent.Agent;
import bolide.agent.Position;
import bolide.store.file.StorageException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Brings written bytes to stable storage. One sync serves everyone who waits. Owner of `flushed`,
/// and of `readable` in the policy SYNC; in the policy ASYNC the appender's thread moves
/// `readable`.
final class Flusher implements Agent, Acknowledger {
    private final Segments segments;
    private final FlushedMark mark;
    private final FlushPolicy policy;
    private final long intervalNanos;
    private final LongSupplier nanoClock;
    private final Failure failure;
    private final Position flushed;
    private final Position readable;
    private final Runnable onReadable;
    private final Waiters waiters;
    private volatile long written;
    private volatile Runnable wake = () -> {};
    private volatile long lastSyncNanos;

    /// @param end the end of the log, all of it on stable storage
    /// @param intervalNanos between two syncs in the policy ASYNC
    /// @param onReadable told, after each move of `readable`, on the moving thread and outside of
    ///   the log's locks; must not throw
    Flusher(
            Segments segments,
            FlushedMark mark,
            long end,
            FlushPolicy policy,
            long intervalNanos,
            LongSupplier nanoClock,
            Failure failure,
            Runnable onReadable) {
        this.segments = segments;
        this.mark = mark;
        this.policy = policy;
        this.intervalNanos = intervalNanos;
        this.nanoClock = nanoClock;
        this.failure = failure;
        this.waiters = new Waiters(failure);
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

    LossWindow lossWindow() {
        long bytes = Math.max(0, written - flushed.get());
        long nanos = nanoClock.getAsLong() - lastSyncNanos;
        return new LossWindow(bytes, bytes == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    @Override
    public String name() {
        return "flusher";
    }

    @Override
    public void written(long end, List<AppendListener> waiting) {
        waiters.add(end, waiting); // before `written` says that they may be told
        written = end;
        if (policy == FlushPolicy.ASYNC) {
            readable.advanceTo(end);
            acknowledgeWritten(end);
        } else {
            wake.run();
        }
    }

    @Override
    public void published() {
        if (policy == FlushPolicy.ASYNC) {
            onReadable.run();
        }
    }

    private void acknowledgeWritten(long end) {
        try {
            waiters.tell(end);
        } catch (RuntimeException | Error bug) { // of one listener; the publisher is another's
            failure.note(bug);
        }
    }

    @Override
    public boolean step() {
        if (written == flushed.get() || failure.isNoted() || nanosUntilDue() > 0) {
            return false;
        }
        flush();
        return true;
    }

    @Override
    public long restNanos() {
        if (policy == FlushPolicy.SYNC) {
            return Long.MAX_VALUE; // until woken
        }
        long left = nanosUntilDue();
        if (left > 0) {
            return left;
        }
        return written == flushed.get() ? intervalNanos : 1; // 1: it became due a moment ago
    }

    private long nanosUntilDue() {
        return policy == FlushPolicy.SYNC
                ? 0
                : intervalNanos - (nanoClock.getAsLong() - lastSyncNanos);
    }

    /// Syncs what has been written and acknowledges what may be. Only the thread that steps this
    /// agent, or another after its last step.
    ///
    /// @throws StorageException when a sync fails; the bytes' fate is unknown then, and a second
    ///   try could report success without having written them
    void flush() {
        long target = written;
        sync(target);
        if (policy == FlushPolicy.SYNC) {
            waiters.tell(target);
            onReadable.run();
        }
    }

    private void sync(long target) {
        long from = flushed.get();
        for (Segment segment : segments.all()) {
            if (segment.start() < target && segment.end() > from) {
                segment.sync();
            }
        }
        lastSyncNanos = nanoClock.getAsLong();
        mark.write(target);
        flushed.advanceTo(target);
    }
}
