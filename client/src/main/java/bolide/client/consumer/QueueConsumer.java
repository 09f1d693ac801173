package bolide.client.consumer;

import bolide.client.offset.QueueOffsets;
import bolide.client.route.Failures;
import bolide.protocol.route.MessageQueue;
import bolide.remoting.Timers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes one queue from the moment it is this member's share until it is another's: finds where
 * to begin, reads, delivers, and commits how far it has come. Owner: the client thread.
 */
final class QueueConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final long NOTHING = -1; // committed as yet

    /**
     * Where to begin.
     *
     * @param isCommitted whether the broker knows it
     */
    private record Beginning(long offset, boolean isCommitted) {}

    private final String group;
    private final MessageQueue queue;
    private final StartAt startAt;
    private final QueueOffsets offsets;
    private final MessageListener listener;
    private final Executor pool;
    private final Timers timers;
    private final QueueReader reader;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private Optional<Delivery> delivery = Optional.empty(); // until it is known where to begin
    private long committedTo;
    private boolean failing; // to commit
    private boolean released;

    /**
     * @param startAt where to begin when the group has never been here
     */
    QueueConsumer(
            String group,
            MessageQueue queue,
            StartAt startAt,
            QueueOffsets offsets,
            QueueSource source,
            MessageListener listener,
            Executor pool,
            Timers timers,
            LongSupplier nanos) {
        this.group = group;
        this.queue = queue;
        this.startAt = startAt;
        this.offsets = offsets;
        this.listener = listener;
        this.pool = pool;
        this.timers = timers;
        this.reader = new QueueReader(queue, source, this::deliver, timers, nanos);
    }

    /**
     * @return done when it is known where to begin, or when the queue was released before that
     */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Asks how far the group has come, until there is an answer, and goes on from there. */
    void begin() {
        if (released) {
            begun.complete(null);
            return;
        }
        CompletableFuture<Long> start =
                startAt == StartAt.FIRST ? offsets.min(queue) : offsets.max(queue);
        offsets.committed(group, queue)
                .thenCompose(found ->
                        found.isPresent()
                                ? CompletableFuture.completedFuture(
                                        new Beginning(found.getAsLong(), true))
                                : start.thenCompose(this::atStart))
                .whenComplete((from, failure) -> timers.after(0, () -> beginAt(from, failure)));
    }

    /**
     * Commits how far the queue has been consumed, if that is news.
     *
     * @return done when the broker has answered, or has not
     */
    CompletableFuture<Void> commit() {
        long consumedTo = delivery.map(Delivery::consumedTo).orElse(committedTo);
        if (consumedTo == committedTo) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> answered = new CompletableFuture<>();
        offsets.commit(group, queue, consumedTo)
                .whenComplete((done, failure) ->
                        timers.after(
                                0,
                                () -> {
                                    committed(consumedTo, failure);
                                    answered.complete(null);
                                }));
        return answered;
    }

    /**
     * Reads no more, lets the listener finish the message it has, and commits.
     *
     * @return done when all that is over
     */
    CompletableFuture<Void> release() {
        released = true;
        reader.stop();
        begun.complete(null);
        if (delivery.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> stopped = delivery.get().stop();
        if (!stopped.isDone()) {
            commit(); // whoever gets the queue next need not wait for the listener
        }
        return stopped.thenCompose(idle -> commit());
    }

    /**
     * A start at the last message that the broker does not know would be a later one after a crash,
     * so nothing is read before it is committed. The first message stays where it is.
     */
    private CompletableFuture<Beginning> atStart(long offset) {
        if (startAt == StartAt.FIRST) {
            return CompletableFuture.completedFuture(new Beginning(offset, false));
        }
        return offsets.commit(group, queue, offset).thenApply(done -> new Beginning(offset, true));
    }

    private void beginAt(Beginning from, Throwable failure) {
        if (released) {
            return;
        }
        if (failure != null) {
            LOG.warn(
                    "cannot tell where to begin in {}: {}",
                    queue,
                    Failures.cause(failure).getMessage());
            timers.after(RETRY_MILLIS, this::begin);
            return;
        }
        LOG.info("consuming {} from offset {}", queue, from.offset());
        committedTo = from.isCommitted() ? from.offset() : NOTHING;
        delivery =
                Optional.of(new Delivery(from.offset(), listener, pool, timers, reader::consumed));
        reader.start(from.offset());
        commit();
        begun.complete(null);
    }

    private void deliver(Batch batch) {
        delivery.orElseThrow().add(batch);
    }

    private void committed(long consumedTo, Throwable failure) {
        if (failure == null) {
            committedTo = consumedTo;
            failing = false;
        } else if (!failing) { // said once, although it is tried again and again
            failing = true;
            LOG.warn(
                    "offset {} of {} is not committed yet: {}",
                    consumedTo,
                    queue,
                    Failures.cause(failure).getMessage());
        }
    }
}
