package bolide.client.consumer;

import bolide.client.offset.QueueOffsets;
import bolide.client.route.RouteCache;
import bolide.protocol.group.Subscription;
import bolide.protocol.route.MessageQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Reads queues where and when the application says so; shares them with nobody. For any thread.
 * What it answers is completed on a network thread, where what depends on it must not wait.
 */
public final class PullConsumer {
    private final String group;
    private final Puller puller;
    private final QueueOffsets offsets;
    private final RouteCache routes;
    private final InstantSource clock;

    PullConsumer(
            String group,
            Puller puller,
            QueueOffsets offsets,
            RouteCache routes,
            InstantSource clock) {
        this.group = group;
        this.puller = puller;
        this.offsets = offsets;
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * @return the queues of a topic that can be read, sorted
     */
    public CompletableFuture<List<MessageQueue>> queues(String topic) {
        return routes.route(topic).thenApply(route -> route.readable());
    }

    /**
     * @param tags {@code *}, or tags joined by {@code ||}
     * @param offset the first one wanted
     * @param max how many messages at most
     * @param hold for how long the broker may wait for a message when there is none; zero: not at
     *     all
     */
    public CompletableFuture<PullResult> pull(
            MessageQueue queue, String tags, long offset, int max, Duration hold) {
        Subscription wanted = Subscription.ofTags(queue.topic(), tags, clock.millis());
        return puller.pull(queue, wanted, offset, max, hold);
    }

    /**
     * @return the first offset not yet consumed; none when the group has never been there
     */
    public CompletableFuture<OptionalLong> committed(MessageQueue queue) {
        return offsets.committed(group, queue);
    }

    /**
     * @param offset the first one not yet consumed
     * @return done when the broker has it
     */
    public CompletableFuture<Void> commit(MessageQueue queue, long offset) {
        return offsets.commit(group, queue, offset);
    }

    /**
     * @return the first readable offset
     */
    public CompletableFuture<Long> minOffset(MessageQueue queue) {
        return offsets.min(queue);
    }

    /**
     * @return one past the last readable offset
     */
    public CompletableFuture<Long> maxOffset(MessageQueue queue) {
        return offsets.max(queue);
    }
}
