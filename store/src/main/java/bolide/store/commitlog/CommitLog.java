package bolide.store.commitlog;

import bolide.agent.AgentRunner;
import bolide.agent.Position;
import bolide.agent.RunningAgent;
import bolide.store.file.StorageException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// All messages in stored order, and the three positions that say how far they have come: appended,
/// flushed, readable.
public final class CommitLog {
    private final Segments segments;
    private final QueueTails tails;
    private final Failure failure;
    private final Appender appender;
    private final Flusher flusher;
    private final RunningAgent runningFlusher;
    private final RunningAgent runningAllocator;

    /// Begins to take records. Everything up to `end` is on stable storage and valid, see recovery.
    ///
    /// @param mark where the flusher notes how far it has come
    /// @param newest the latest store time in the log
    /// @param flushInterval between two syncs in the policy ASYNC: at most what a power cut can
    ///   take
    /// @param onReadable told after each move of `readable`, on the thread that moved it; must
    ///   neither wait nor throw
    /// @param onFailure told, once, what went wrong first; the process must end
    /// @throws StoreRefusal when there is no room for the first segment
    public CommitLog(
            Segments segments,
            FlushedMark mark,
            QueueTails tails,
            long end,
            long newest,
            FlushPolicy policy,
            Duration flushInterval,
            InstantSource clock,
            LongSupplier nanoClock,
            AgentRunner runner,
            Runnable onReadable,
            Consumer<Throwable> onFailure) {
        this.segments = segments;
        this.tails = tails;
        this.failure = new Failure(onFailure);
        if (segments.isEmpty()) {
            segments.addNext();
        }
        this.flusher =
                new Flusher(
                        segments,
                        mark,
                        end,
                        policy,
                        flushInterval.toNanos(),
                        nanoClock,
                        failure,
                        onReadable);
        this.appender = new Appender(segments, tails, end, newest, clock, flusher, failure);
        this.runningFlusher = runner.run(flusher, this::fail);
        flusher.wakeBy(runningFlusher::wake);
        this.runningAllocator =
                runner.run(new Allocator(segments, appender.appended()), this::fail);
        appender.wakeAllocatorBy(runningAllocator::wake);
    }

    public Appender appender() {
        return appender;
    }

    public QueueTails tails() {
        return tails;
    }

    public Segments segments() {
        return segments;
    }

    /// @return the end of what is written to the file
    public Position appended() {
        return appender.appended();
    }

    /// @return the end of what is on stable storage
    public Position flushed() {
        return flusher.flushed();
    }

    /// @return the end of what may be acknowledged and read
    public Position readable() {
        return flusher.readable();
    }

    /// @return what a power cut would take now
    public LossWindow lossWindow() {
        return flusher.lossWindow();
    }

    /// Something has gone wrong with the log or what follows it: it takes and acknowledges nothing
    /// more. Only the first failure is told on.
    public void fail(Throwable cause) {
        failure.note(cause);
        failure.tell();
    }

    /// @return whether something has gone wrong that is final
    public boolean hasFailed() {
        return failure.isNoted();
    }

    /// Takes no more records, brings all it has to stable storage, and acknowledges it. Of a log
    /// that has failed nothing more is written or synced.
    ///
    /// @throws StorageException when that fails
    public void stop() {
        try {
            if (!failure.isNoted()) {
                appender.close();
            }
        } finally {
            runningAllocator.close();
            runningFlusher.close();
        }
        if (!failure.isNoted()) {
            flushLast();
        }
    }

    private void flushLast() {
        try {
            flusher.flush();
        } catch (RuntimeException | Error failed) {
            fail(failed);
            throw failed;
        }
    }
}
