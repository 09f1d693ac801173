package bolide.client.consumer;

import bolide.client.group.Heartbeats;
import bolide.client.route.Route;
import bolide.client.route.RouteCache;
import bolide.protocol.group.ConsumerData;
import bolide.remoting.Timers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group: reads its share of the topics' queues and hands the messages to its
 * listener, those of one queue in order and one at a time. Shares are divided anew when members
 * come or go.
 *
 * <p>A message counts as consumed when the listener returns; how far a queue has been consumed is
 * told to its broker every five seconds, when the queue becomes another's, and on closing.
 */
public final class PushConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushConsumer.class);
    private static final long COMMIT_MILLIS = 5_000;
    private static final long REBALANCE_MILLIS = 20_000;
    private static final long START_MILLIS = 3_000;
    private static final long LISTENER_MILLIS = 300; // to finish what it has, on closing
    private static final long PARTING_MILLIS = 200; // for the brokers to hear of it

    private final ConsumerData membership;
    private final List<TopicShare> shares;
    private final RouteCache routes;
    private final Heartbeats heartbeats;
    private final ExecutorService pool;
    private final Timers timers;
    private final Consumer<PushConsumer> whenClosed;
    private final Consumer<Route> routeWatcher = this::routeChanged;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean closed; // owner: the client thread

    /**
     * @param membership what brokers are told of it
     * @param shares one for each topic
     * @param pool calls the listener; ends with this consumer
     * @param whenClosed told at once when it is closed
     */
    PushConsumer(
            ConsumerData membership,
            List<TopicShare> shares,
            RouteCache routes,
            Heartbeats heartbeats,
            ExecutorService pool,
            Timers timers,
            Consumer<PushConsumer> whenClosed) {
        this.membership = membership;
        this.shares = shares;
        this.routes = routes;
        this.heartbeats = heartbeats;
        this.pool = pool;
        this.timers = timers;
        this.whenClosed = whenClosed;
    }

    /**
     * Joins the group.
     *
     * @return done when it is known where to begin in each queue of the first share
     * @throws IllegalStateException when this client has a consumer in that group already
     */
    CompletableFuture<Void> begin() {
        heartbeats.joinConsumers(membership, () -> timers.after(0, this::membersChanged));
        routes.watch(routeWatcher);
        timers.after(0, this::rebalance);
        timers.after(COMMIT_MILLIS, this::commitAgain);
        return CompletableFuture.allOf(
                shares.stream().map(TopicShare::begun).toArray(CompletableFuture[]::new));
    }

    /** Waits until it has begun, but not for long: what is missing comes later by itself. */
    void awaitBegun(CompletableFuture<Void> begun) {
        if (!await(begun, START_MILLIS)) {
            LOG.warn("consumer {} is still looking for its brokers", membership.group());
        }
    }

    /**
     * Lets the listener finish the messages it has, but not for long, commits, and leaves the
     * group.
     */
    @Override
    public void close() {
        awaitEnded(end());
    }

    /**
     * @return done when everything has been given up, or had its time
     */
    CompletableFuture<Void> end() {
        whenClosed.accept(this);
        timers.after(0, this::giveUp);
        return ended;
    }

    private void giveUp() {
        if (closed) {
            return;
        }
        closed = true;
        routes.unwatch(routeWatcher);
        CompletableFuture<Void> idle = new CompletableFuture<>();
        CompletableFuture.allOf(
                        shares.stream().map(TopicShare::close).toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> idle.complete(null));
        timers.after(LISTENER_MILLIS, () -> idle.complete(null));
        idle.thenRun(() -> {
            pool.shutdownNow();
            heartbeats
                    .leaveConsumers(membership.group())
                    .whenComplete((told, failure) -> ended.complete(null));
        });
    }

    private void membersChanged() {
        shares.forEach(TopicShare::commit); // for whoever gets one of the queues
        shares.forEach(TopicShare::rebalance);
    }

    private void routeChanged(Route route) {
        for (TopicShare share : shares) {
            if (share.topic().equals(route.topic())) {
                timers.after(0, share::rebalance);
            }
        }
    }

    private void rebalance() {
        if (!closed) {
            shares.forEach(TopicShare::rebalance);
            timers.after(REBALANCE_MILLIS, this::rebalance);
        }
    }

    private void commitAgain() {
        if (!closed) {
            shares.forEach(TopicShare::commit);
            timers.after(COMMIT_MILLIS, this::commitAgain);
        }
    }

    /** Waits for one consumer's end, or for that of several that began together. */
    static void awaitEnded(CompletableFuture<Void> ended) {
        if (!await(ended, LISTENER_MILLIS + PARTING_MILLIS)) {
            LOG.warn("a consumer was closed without all its brokers having heard of it");
        }
    }

    private static boolean await(CompletableFuture<Void> done, long timeoutMillis) {
        try {
            done.get(timeoutMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException notDone) {
            return false;
        }
    }
}
