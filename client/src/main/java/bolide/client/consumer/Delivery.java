package bolide.client.consumer;

import bolide.remoting.Timers;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a queue's messages to the listener, one after the other and each until it is taken. Owner:
 * the client thread; only the listener is called in the pool.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long FIRST_PAUSE_MILLIS = 1_000; // before a failed message comes again
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final MessageListener listener;
    private final Executor pool;
    private final Timers timers;
    private final Consumer<Batch> whenConsumed;
    private final Queue<Batch> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile long consumedTo; // written in the pool, too, but by one thread at a time
    private volatile boolean stopped;
    private boolean busy; // with the first batch that waits
    private boolean inPool; // and right now

    /**
     * @param from the first offset not yet consumed
     * @param whenConsumed told on the client thread of every batch that is done with
     */
    Delivery(
            long from,
            MessageListener listener,
            Executor pool,
            Timers timers,
            Consumer<Batch> whenConsumed) {
        this.consumedTo = from;
        this.listener = listener;
        this.pool = pool;
        this.timers = timers;
        this.whenConsumed = whenConsumed;
    }

    void add(Batch batch) {
        waiting.add(batch);
        if (!busy) {
            begin();
        }
    }

    /**
     * @return the first offset not yet consumed
     */
    long consumedTo() {
        return consumedTo;
    }

    /**
     * Lets the listener finish the message it has and gives it no other.
     *
     * @return done when it has
     */
    CompletableFuture<Void> stop() {
        stopped = true;
        if (!inPool) {
            ended.complete(null);
        }
        return ended;
    }

    private void begin() {
        busy = !stopped && !waiting.isEmpty();
        if (busy) {
            handOver(0, 1);
        }
    }

    private void handOver(int from, int attempt) {
        inPool = true;
        Batch batch = waiting.element();
        pool.execute(() -> deliver(batch, from, attempt));
    }

    /** Runs in the pool. */
    private void deliver(Batch batch, int from, int firstAttempt) {
        int at = from;
        int attempt = firstAttempt;
        boolean failed = false;
        try {
            while (!stopped && at < batch.messages().size()) {
                ReceivedMessage message = batch.messages().get(at);
                failed = true; // until the listener returns
                listener.onMessage(message.onAttempt(attempt));
                failed = false;
                consumedTo = message.queueOffset() + 1;
                attempt = 1;
                at++;
            }
        } catch (Exception refusal) { // the listener is a stranger's; this is the task's outermost
            ReceivedMessage message = batch.messages().get(at);
            LOG.warn(
                    "the listener failed on message {} of {} offset {}, attempt {}; it comes again",
                    message.messageId(),
                    message.queue(),
                    message.queueOffset(),
                    attempt,
                    refusal);
        } finally {
            int reached = at;
            int nextAttempt = failed ? attempt + 1 : 1;
            timers.after(0, () -> delivered(reached, nextAttempt));
        }
    }

    private void delivered(int reached, int nextAttempt) {
        inPool = false;
        Batch batch = waiting.element();
        boolean isDone = reached == batch.messages().size();
        if (isDone) {
            consumedTo = batch.nextOffset();
        }
        if (stopped) {
            ended.complete(null);
        } else if (isDone) {
            waiting.remove();
            whenConsumed.accept(batch);
            begin();
        } else {
            timers.after(pauseMillis(nextAttempt - 1), () -> tryAgain(reached, nextAttempt));
        }
    }

    private void tryAgain(int reached, int attempt) {
        if (!stopped) {
            handOver(reached, attempt);
        }
    }

    private static long pauseMillis(int failures) {
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
    }
}
