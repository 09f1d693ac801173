package bolide.client.consumer;

import bolide.client.group.Heartbeats;
import bolide.client.offset.QueueOffsets;
import bolide.client.route.BrokerException;
import bolide.client.route.RouteCache;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.Subscription;
import bolide.protocol.route.MessageQueue;
import bolide.remoting.NetworkException;
import bolide.remoting.Timers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Opens the queues that become this member's share of a topic, and pulls them as it subscribes to
 * them. Owner: the client thread.
 */
final class SubscribedQueues {
    private static final int PULL_MESSAGES = 32;
    private static final Duration PULL_HOLD = Duration.ofSeconds(15);
    private static final Set<Integer> MEMBER_UNKNOWN =
            Set.of(
                    ResponseCode.SUBSCRIPTION_NOT_EXIST,
                    ResponseCode.SUBSCRIPTION_NOT_LATEST,
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST);

    private final String group;
    private final Subscription subscription;
    private final StartAt startAt;
    private final MessageListener listener;
    private final Executor pool;
    private final Puller puller;
    private final QueueOffsets offsets;
    private final RouteCache routes;
    private final Heartbeats heartbeats;
    private final Timers timers;
    private final LongSupplier nanos;

    /**
     * @param startAt where to begin in a queue that the group has never read
     * @param pool calls the listener
     */
    SubscribedQueues(
            String group,
            Subscription subscription,
            StartAt startAt,
            MessageListener listener,
            Executor pool,
            Puller puller,
            QueueOffsets offsets,
            RouteCache routes,
            Heartbeats heartbeats,
            Timers timers,
            LongSupplier nanos) {
        this.group = group;
        this.subscription = subscription;
        this.startAt = startAt;
        this.listener = listener;
        this.pool = pool;
        this.puller = puller;
        this.offsets = offsets;
        this.routes = routes;
        this.heartbeats = heartbeats;
        this.timers = timers;
        this.nanos = nanos;
    }

    String topic() {
        return subscription.topic();
    }

    /**
     * @param isNew whether the queue came into being after the consumer had started
     * @return its consumer, which has not begun yet
     */
    QueueConsumer open(MessageQueue queue, boolean isNew) {
        return new QueueConsumer(
                group,
                queue,
                isNew ? StartAt.FIRST : startAt,
                offsets,
                new Source(queue),
                listener,
                pool,
                timers,
                nanos);
    }

    /** One of the queues. */
    private final class Source implements QueueSource {
        private final MessageQueue queue;

        Source(MessageQueue queue) {
            this.queue = queue;
        }

        /** Pulls when the broker knows this member, which it does not after it has lost it. */
        @Override
        public CompletableFuture<PullResult> pull(long offset) {
            return routes.route(queue.topic())
                    .thenCompose(route -> heartbeats.greet(route.addressFor(queue)))
                    .thenCompose(greeted ->
                            puller.pull(queue, subscription, offset, PULL_MESSAGES, PULL_HOLD));
        }

        @Override
        public void doubt(Throwable cause) {
            boolean isUnknown =
                    cause instanceof BrokerException refusal
                            && MEMBER_UNKNOWN.contains(refusal.code());
            if (isUnknown || cause instanceof NetworkException) {
                routes.peek(queue.topic())
                        .flatMap(route -> route.reader(queue))
                        .ifPresent(heartbeats::lost);
            }
            if (cause instanceof NetworkException) {
                routes.refresh(queue.topic());
            }
        }
    }
}
