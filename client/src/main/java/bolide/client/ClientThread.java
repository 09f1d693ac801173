package bolide.client;

import bolide.remoting.Timers;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's own thread: runs what is due and owns the state of its consumers. Tasks that are due
 * at the same time run in the order in which they came.
 */
final class ClientThread implements Timers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientThread.class);
    private static final long PARTING_MILLIS = 200;

    private final ScheduledThreadPoolExecutor executor;

    ClientThread(ThreadFactory threads) {
        executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        new NamedThreads(threads, "bolide-client"),
                        new ThreadPoolExecutor.DiscardPolicy()); // of tasks after the end
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
        Future<?> later =
                executor.schedule(() -> run(task), Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
        return () -> later.cancel(false);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) { // the executor would keep it to itself
            LOG.error("a task of the client failed", bug);
        }
    }

    /** Drops what is not yet due and waits, but not for long, for what runs. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(PARTING_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the client's thread is still busy");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
