package bolide.client.route;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.TopicRoute;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the topics in use: asked for once, then every 30 seconds and whenever something
 * fails. A route once known is kept although name servers may have forgotten it, since they do when
 * they start anew. For any thread.
 */
public final class RouteCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteCache.class);
    private static final long REFRESH_MILLIS = 30_000;
    private static final int IDLE_ROUNDS = 10; // refreshes after which an unused topic is dropped
    private static final long SOONEST_NANOS = Duration.ofMillis(100).toNanos();

    private final NameServers nameServers;
    private final Timers timers;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final List<Consumer<Route>> watchers = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    public RouteCache(NameServers nameServers, Timers timers, LongSupplier nanos) {
        this.nameServers = nameServers;
        this.timers = timers;
        this.nanos = nanos;
        timers.after(REFRESH_MILLIS, this::refreshAll);
    }

    /**
     * @param watcher told of every route that is new or has changed, on any thread; must not wait
     */
    public void watch(Consumer<Route> watcher) {
        watchers.add(watcher);
    }

    public void unwatch(Consumer<Route> watcher) {
        watchers.remove(watcher);
    }

    /**
     * @return the route as it is known; failed with {@link NoRouteException}
     */
    public CompletableFuture<Route> route(String topic) {
        return topic(topic).known();
    }

    /** Asks again, unless that was done a moment ago. */
    public CompletableFuture<Route> refresh(String topic) {
        return topic(topic).refreshed();
    }

    /**
     * @return the route if it is known already, as it mostly is
     */
    public Optional<Route> peek(String topic) {
        return topic(topic).peeked();
    }

    /**
     * @param which takes the addresses wanted from a route
     * @return {@code host:port} of brokers that hold a topic in use, sorted
     */
    public Set<String> addresses(Function<Route, Set<String>> which) {
        Set<String> addresses = new TreeSet<>();
        for (Topic topic : topics.values()) {
            topic.current().ifPresent(route -> addresses.addAll(which.apply(route)));
        }
        return addresses;
    }

    /** Asks no more on its own. */
    @Override
    public void close() {
        closed = true;
    }

    private Topic topic(String name) {
        Topic topic = topics.get(name);
        return topic != null ? topic : topics.computeIfAbsent(name, Topic::new);
    }

    private void refreshAll() {
        if (closed) {
            return;
        }
        topics.values().removeIf(Topic::hasGrownIdle);
        topics.values().forEach(Topic::ask);
        timers.after(REFRESH_MILLIS, this::refreshAll);
    }

    private NoRouteException unknown(String topic, Frame answer) {
        String remark =
                answer.remark().isEmpty()
                        ? "topic " + Excerpt.of(topic) + " is unknown to " + nameServers
                        : answer.remark();
        return new NoRouteException(
                "no route to topic "
                        + Excerpt.of(topic)
                        + ": CODE: "
                        + answer.code()
                        + "  DESC: "
                        + remark,
                answer.code());
    }

    private NoRouteException unanswered(String topic, Throwable failure) {
        return new NoRouteException(
                "no route to topic "
                        + Excerpt.of(topic)
                        + ": no name server of "
                        + nameServers
                        + " answers ("
                        + failure.getMessage()
                        + "); check that one is running there",
                NoRouteException.NO_ANSWER);
    }

    /** What is known of one topic. */
    private final class Topic {
        private final String name;
        private volatile CompletableFuture<Route> route; // completed; null while unknown
        private CompletableFuture<Route> asking; // null while not asked; guarded by this
        private volatile long answeredNanos;
        private volatile int idleRounds;

        Topic(String name) {
            this.name = name;
        }

        CompletableFuture<Route> known() {
            idleRounds = 0;
            CompletableFuture<Route> now = route;
            return now != null ? now : ask();
        }

        CompletableFuture<Route> refreshed() {
            idleRounds = 0;
            CompletableFuture<Route> now = route;
            boolean fresh = now != null && nanos.getAsLong() - answeredNanos < SOONEST_NANOS;
            return fresh ? now : ask();
        }

        Optional<Route> peeked() {
            idleRounds = 0;
            return current();
        }

        Optional<Route> current() {
            CompletableFuture<Route> now = route;
            return now == null ? Optional.empty() : Optional.of(now.join());
        }

        boolean hasGrownIdle() {
            return ++idleRounds > IDLE_ROUNDS;
        }

        /** Whoever asks while there is a question under way waits for the answer to that. */
        CompletableFuture<Route> ask() {
            CompletableFuture<Route> answer;
            synchronized (this) {
                if (asking != null) {
                    return asking;
                }
                answer = new CompletableFuture<>();
                asking = answer;
            }
            nameServers
                    .ask(TopicRoute.request(name))
                    .thenApply(this::read)
                    .whenComplete((fresh, failure) -> answered(answer, fresh, failure));
            return answer;
        }

        private Route read(Frame answer) {
            if (answer.code() != ResponseCode.SUCCESS) {
                throw unknown(name, answer);
            }
            try {
                return Route.of(name, TopicRoute.decode(answer.body()));
            } catch (InvalidRequestException malformed) {
                throw unanswered(name, malformed);
            }
        }

        private void answered(CompletableFuture<Route> answer, Route fresh, Throwable failure) {
            CompletableFuture<Route> before = route;
            synchronized (this) {
                asking = null;
                answeredNanos = nanos.getAsLong();
                if (fresh != null) {
                    route = CompletableFuture.completedFuture(fresh);
                }
            }
            if (fresh != null) {
                answer.complete(fresh);
                if (before == null || !before.join().equals(fresh)) {
                    LOG.debug("the route to {} is new or has changed", name);
                    watchers.forEach(watcher -> watcher.accept(fresh));
                }
            } else if (before != null) {
                LOG.debug("route to {} stays as it was", name, failure);
                answer.complete(before.join());
            } else {
                Throwable cause = Failures.cause(failure);
                answer.completeExceptionally(
                        cause instanceof NoRouteException ? cause : unanswered(name, cause));
            }
        }
    }
}
