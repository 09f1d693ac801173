package bolide.client.producer;

import bolide.client.group.Heartbeats;
import bolide.client.route.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages. For any thread; one producer is enough for an application.
 *
 * <p>A message counts as sent when its broker says so. What fails on one broker is tried on others
 * within the timeout; a message that was stored without its answer getting through may therefore be
 * there twice, with the same {@link SendReceipt#messageId}.
 */
public final class Producer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Producer.class);
    private static final Duration PARTING = Duration.ofMillis(200);

    private final String group;
    private final ProducerSettings settings;
    private final Sender sender;
    private final OneWays oneWays;
    private final InFlight inFlight;
    private final UniqueIds ids;
    private final Heartbeats heartbeats;
    private final Consumer<Producer> whenClosed;
    private volatile boolean closed;

    Producer(
            String group,
            ProducerSettings settings,
            Sender sender,
            OneWays oneWays,
            InFlight inFlight,
            UniqueIds ids,
            Heartbeats heartbeats,
            Consumer<Producer> whenClosed) {
        this.group = group;
        this.settings = settings;
        this.sender = sender;
        this.oneWays = oneWays;
        this.inFlight = inFlight;
        this.ids = ids;
        this.heartbeats = heartbeats;
        this.whenClosed = whenClosed;
    }

    /**
     * Waits until the broker has the message.
     *
     * @throws SendException when it does not, or nobody knows
     */
    public SendReceipt send(Message message) {
        return await(sendAsync(message), message.topic());
    }

    /**
     * Returns before the broker has the message; waits only while as many messages as allowed are
     * on their way already.
     *
     * @return the broker's word; failed with {@link SendException}. Completed on a network thread,
     *     where what depends on it must not wait, nor send when that could wait
     */
    public CompletableFuture<SendReceipt> sendAsync(Message message) {
        return start(() -> Outgoing.of(message, ids.next())).thenApply(all -> all.get(0));
    }

    /**
     * Sends without asking for an answer: nobody learns whether the broker has the message. Waits
     * only while as many messages as allowed are on their way already.
     *
     * @throws SendException when the message cannot be sent at all
     */
    public void sendOneWay(Message message) {
        Outgoing outgoing = Outgoing.of(message, ids.next());
        int cost = enter(outgoing);
        sender.sendOneWay(outgoing, (address, request) -> oneWays.send(address, request, cost))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        inFlight.leave(1, cost);
                        LOG.warn(
                                "a one-way message to {} was dropped: {}",
                                message.topic(),
                                Failures.cause(failure).getMessage());
                    }
                });
    }

    /**
     * Sends messages of one topic, and with one ordering key or none, to one queue; all of them are
     * stored or none.
     *
     * @return one receipt for each message
     * @throws SendException when they are not stored, or nobody knows
     */
    public List<SendReceipt> sendBatch(List<Message> messages) {
        return await(sendBatchAsync(messages), messages.get(0).topic());
    }

    /** As {@link #sendBatch} does, but returns as {@link #sendAsync} does. */
    public CompletableFuture<List<SendReceipt>> sendBatchAsync(List<Message> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one message");
        }
        return start(() -> Outgoing.ofAll(messages, ids));
    }

    /** Waits a moment for what is on its way, then takes leave. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        whenClosed.accept(this);
        oneWays.settle();
        try {
            if (!inFlight.awaitNone(PARTING.toNanos())) {
                LOG.warn("producer {} is closed with messages on their way", group);
            }
            sender.close();
            heartbeats.leaveProducers(group).get(PARTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException untold) {
            LOG.debug("not all brokers heard the farewell of producer {}", group, untold);
        }
    }

    private CompletableFuture<List<SendReceipt>> start(Supplier<Outgoing> message) {
        Outgoing outgoing;
        int cost;
        try {
            outgoing = message.get();
            cost = enter(outgoing);
        } catch (SendException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return sender.send(outgoing)
                .whenComplete((stored, failure) -> inFlight.leave(1, cost))
                .thenApply(stored -> receipts(outgoing, stored));
    }

    /**
     * Waits for room.
     *
     * @return what the message counts for
     */
    private int enter(Outgoing outgoing) {
        check(outgoing);
        int cost = inFlight.cost(outgoing.sizeBytes());
        try {
            if (inFlight.enter(cost, settings.timeout().toNanos())) {
                return cost;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw notSent(outgoing, "the thread was interrupted while it waited for room");
        }
        throw notSent(
                outgoing,
                "for "
                        + settings.timeout().toMillis()
                        + " ms "
                        + inFlight
                        + " have been on their way; the brokers are slower than this producer, or"
                        + " this thread is the one that completes sends and must not wait");
    }

    private void check(Outgoing outgoing) {
        int bodyBytes = outgoing.body().remaining();
        if (closed) {
            throw notSent(outgoing, "the producer is closed");
        }
        if (bodyBytes > settings.maxMessageBytes()) {
            throw SendException.illegal(
                    outgoing.topic(),
                    "body of "
                            + bodyBytes
                            + " bytes exceeds the limit of "
                            + settings.maxMessageBytes()
                            + "; send less at a time");
        }
    }

    private static SendException notSent(Outgoing outgoing, String remark) {
        return SendException.notSent(outgoing.topic(), SendException.NO_ANSWER, remark);
    }

    private static List<SendReceipt> receipts(Outgoing outgoing, Stored stored) {
        String[] offsetIds = stored.response().msgId().split(",");
        List<SendReceipt> receipts = new ArrayList<>(outgoing.ids().size());
        for (int i = 0; i < outgoing.ids().size(); i++) {
            receipts.add(
                    new SendReceipt(
                            outgoing.ids().get(i),
                            i < offsetIds.length ? offsetIds[i] : "",
                            stored.queue(),
                            stored.response().queueOffset() + i,
                            stored.safety()));
        }
        return receipts;
    }

    private static <T> T await(CompletableFuture<T> sent, String topic) {
        try {
            return sent.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            String remark =
                    "the thread was interrupted while it waited for the answer; the message may"
                            + " have been stored all the same";
            throw new SendException(remark, SendException.NO_ANSWER, remark, topic, "");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SendException known) {
                throw new SendException(known);
            }
            throw new IllegalStateException("a send failed on a mistake", failed.getCause());
        }
    }
}
