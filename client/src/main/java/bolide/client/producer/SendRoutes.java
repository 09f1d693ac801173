package bolide.client.producer;

import bolide.client.route.Failures;
import bolide.client.route.NoRouteException;
import bolide.client.route.Route;
import bolide.client.route.RouteCache;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.Names;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Routes to topics that can be written, or will be when the first message creates them. Who has to
 * wait for one gets it in the order of the calls, and none gets it at once while others wait. For
 * any thread.
 */
final class SendRoutes {
    private final RouteCache routes;
    private final Map<String, Queue<CompletableFuture<Route>>> lines =
            new ConcurrentHashMap<>(); // who waits, by topic; changed under this

    SendRoutes(RouteCache routes) {
        this.routes = routes;
    }

    /**
     * @return the route if it is known already and has a queue to write to, and nobody waits for it
     */
    Optional<Route> known(String topic) {
        if (lines.containsKey(topic)) {
            return Optional.empty();
        }
        return routes.peek(topic).filter(route -> !route.writable().isEmpty());
    }

    /**
     * @return a route with a queue to write to; failed with {@link SendException}
     */
    CompletableFuture<Route> find(String topic) {
        CompletableFuture<Route> wanted = new CompletableFuture<>();
        if (standInLine(topic, wanted)) {
            seek(topic).whenComplete((route, failure) -> serveLine(topic, route, failure));
        }
        return wanted;
    }

    /** What is known may be wrong. */
    void doubt(String topic) {
        routes.refresh(topic);
    }

    /**
     * @return whether the caller is the first, and is to seek the route
     */
    private synchronized boolean standInLine(String topic, CompletableFuture<Route> wanted) {
        Queue<CompletableFuture<Route>> line = lines.get(topic);
        boolean isFirst = line == null;
        if (isFirst) {
            line = new ArrayDeque<>();
            lines.put(topic, line);
        }
        line.add(wanted);
        return isFirst;
    }

    /** One after the other; more may come meanwhile. The line goes with the last. */
    private void serveLine(String topic, Route route, Throwable failure) {
        Optional<CompletableFuture<Route>> next = nextInLine(topic);
        while (next.isPresent()) {
            if (failure == null) {
                next.get().complete(route);
            } else {
                next.get().completeExceptionally(failure);
            }
            next = nextInLine(topic);
        }
    }

    private synchronized Optional<CompletableFuture<Route>> nextInLine(String topic) {
        Optional<CompletableFuture<Route>> next = Optional.ofNullable(lines.get(topic).poll());
        if (next.isEmpty()) {
            lines.remove(topic);
        }
        return next;
    }

    private CompletableFuture<Route> seek(String topic) {
        CompletableFuture<Route> found = new CompletableFuture<>();
        routes.refresh(topic)
                .whenComplete((route, failure) -> {
                    if (failure == null) {
                        complete(found, route, notWritable(topic));
                    } else {
                        SendException none = noRoute(topic, Failures.cause(failure));
                        findPattern(topic, none, found);
                    }
                });
        return found;
    }

    private void findPattern(String topic, SendException none, CompletableFuture<Route> found) {
        if (none.code() == SendException.NO_ANSWER) {
            found.completeExceptionally(none);
            return;
        }
        routes.route(Names.AUTO_CREATE)
                .whenComplete((pattern, failure) -> {
                    if (failure == null) {
                        int queues = Outgoing.NEW_TOPIC_QUEUES;
                        complete(found, pattern.patternFor(topic, queues), none);
                    } else {
                        found.completeExceptionally(none);
                    }
                });
    }

    private static void complete(
            CompletableFuture<Route> found, Route route, SendException otherwise) {
        if (route.writable().isEmpty()) {
            found.completeExceptionally(otherwise);
        } else {
            found.complete(route);
        }
    }

    private static SendException notWritable(String topic) {
        String remark =
                "topic "
                        + Excerpt.of(topic)
                        + " has no queue to write to: it is not writable, or its brokers have no"
                        + " master at the moment";
        return new SendException(remark, SendException.NO_ANSWER, remark, topic, "");
    }

    private static SendException noRoute(String topic, Throwable cause) {
        int code = cause instanceof NoRouteException none ? none.code() : SendException.NO_ANSWER;
        return new SendException(cause.getMessage(), code, cause.getMessage(), topic, "");
    }
}
