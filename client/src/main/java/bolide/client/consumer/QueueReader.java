package bolide.client.consumer;

import bolide.client.route.BrokerException;
import bolide.client.route.Failures;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.MessageQueue;
import bolide.remoting.Timers;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls one queue, again and again, as long as not too much of it waits to be consumed. Owner: the
 * client thread.
 */
final class QueueReader {
    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);
    private static final int MAX_MESSAGES = 1000; // that wait to be consumed
    private static final long MAX_BYTES = 100L * 1024 * 1024; // of them
    private static final long BRIEF_MILLIS = 100;
    private static final long LONG_MILLIS = 1_000;
    private static final long AT_ONCE_NANOS = Duration.ofMillis(50).toNanos();
    private static final int FLOW_CONTROL = 215;

    private final MessageQueue queue;
    private final QueueSource source;
    private final Consumer<Batch> sink;
    private final Timers timers;
    private final LongSupplier nanos;
    private long offset;
    private int waitingMessages;
    private long waitingBytes;
    private boolean asking; // or pausing before the next question
    private boolean stopped;
    private int failures; // one after the other
    private int moves; // likewise

    /**
     * @param sink takes what was pulled, in order
     */
    QueueReader(
            MessageQueue queue,
            QueueSource source,
            Consumer<Batch> sink,
            Timers timers,
            LongSupplier nanos) {
        this.queue = queue;
        this.source = source;
        this.sink = sink;
        this.timers = timers;
        this.nanos = nanos;
    }

    void start(long from) {
        offset = from;
        pull();
    }

    void stop() {
        stopped = true;
    }

    /** The batch has been consumed, so there is room for more. */
    void consumed(Batch batch) {
        waitingMessages -= batch.messages().size();
        waitingBytes -= batch.bytes();
        pull();
    }

    private void pull() {
        if (stopped || asking || waitingMessages >= MAX_MESSAGES || waitingBytes >= MAX_BYTES) {
            return;
        }
        asking = true;
        long askedNanos = nanos.getAsLong();
        source.pull(offset)
                .whenComplete((result, failure) ->
                        timers.after(0, () -> pulled(result, failure, askedNanos)));
    }

    private void pulled(PullResult result, Throwable failure, long askedNanos) {
        asking = false;
        if (stopped) {
            return;
        }
        if (failure != null) {
            Throwable cause = Failures.cause(failure);
            source.doubt(cause);
            pullAfter(afterFailure(cause));
            return;
        }
        failures = 0;
        boolean moved = result.nextOffset() != offset;
        switch (result.status()) {
            case FOUND, NOTHING_MATCHED -> {
                moves = 0;
                take(result);
                pullAfter(moved ? 0 : LONG_MILLIS);
            }
            case NOTHING_NEW -> {
                moves = 0;
                boolean held = nanos.getAsLong() - askedNanos > AT_ONCE_NANOS;
                if (moved) {
                    take(result);
                }
                pullAfter(held || moved ? 0 : BRIEF_MILLIS);
            }
            case OFFSET_MOVED -> {
                LOG.warn(
                        "{} has no offset {}: it holds {} to {}; going on at {}",
                        queue,
                        offset,
                        result.minOffset(),
                        result.maxOffset(),
                        result.nextOffset());
                take(result);
                pullAfter(++moves == 1 ? 0 : LONG_MILLIS);
            }
        }
    }

    private void take(PullResult result) {
        offset = result.nextOffset();
        waitingMessages += result.messages().size();
        waitingBytes += result.bytes();
        sink.accept(new Batch(result.messages(), result.nextOffset(), result.bytes()));
    }

    private void pullAfter(long pauseMillis) {
        if (pauseMillis == 0) {
            pull();
            return;
        }
        asking = true;
        timers.after(
                pauseMillis,
                () -> {
                    asking = false;
                    pull();
                });
    }

    /**
     * @return how long to wait
     */
    private long afterFailure(Throwable cause) {
        failures++;
        if (cause instanceof BrokerException refusal
                && (refusal.code() == ResponseCode.SYSTEM_BUSY || refusal.code() == FLOW_CONTROL)) {
            LOG.debug("pull of {}: {}", queue, cause.getMessage());
            return BRIEF_MILLIS;
        }
        if (failures <= 2) {
            LOG.warn("pull of {} failed: {}", queue, cause.getMessage());
        } else {
            LOG.debug("pull of {} failed {} times", queue, failures, cause);
        }
        return failures == 1 ? BRIEF_MILLIS : LONG_MILLIS;
    }
}
