package bolide.store.commitlog;

import bolide.agent.AgentThread;
import bolide.agent.Position;
import bolide.store.file.StorageException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// All messages in stored order, and the three positions that say how far they have come: appended,
/// flushed, readable.
public final class CommitLog {
    private final Segments segments;
    private final QueueTails tails;
    private final Appender appender;
    private final Flusher flusher;
    private final AgentThread flusherThread;

    /// Begins to take records. Everything up to `end` is on stable storage and valid, see recovery.
    ///
    /// @param flushInterval between two syncs in the policy ASYNC: at most what a power cut can
    ///   take
    /// @param onReadable told after each move of `readable`; must not wait
    /// @param onFailure told when writing or syncing has failed; the process must end
    public CommitLog(
            Segments segments,
            QueueTails tails,
            long end,
            FlushPolicy policy,
            Duration flushInterval,
            InstantSource clock,
            LongSupplier nanoClock,
            ThreadFactory threads,
            Runnable onReadable,
            Consumer<Throwable> onFailure) {
        this.segments = segments;
        this.tails = tails;
        if (segments.isEmpty()) {
            segments.add();
        }
        this.flusher =
                new Flusher(segments, end, policy, flushInterval.toNanos(), nanoClock, onReadable);
        this.appender = new Appender(segments, tails, end, clock, flusher, onFailure::accept);
        this.flusherThread = new AgentThread(flusher, threads, onFailure);
        flusher.wakeBy(flusherThread::wake);
        flusherThread.start();
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

    /// @return the end of what is on stable storage
    public Position flushed() {
        return flusher.flushed();
    }

    /// @return the end of what may be acknowledged and read
    public Position readable() {
        return flusher.readable();
    }

    /// Takes no more records and brings all it has to stable storage.
    ///
    /// @throws StorageException when that fails
    public void stop() {
        appender.close();
        flusherThread.close();
        if (flusher.flushed().get() < appender.appended().get()) {
            flusher.sync(appender.appended().get());
        }
    }
}
