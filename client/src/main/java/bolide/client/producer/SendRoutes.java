package bolide.client.producer;

import bolide.client.route.Failures;
import bolide.client.route.NoRouteException;
import bolide.client.route.Route;
import bolide.client.route.RouteCache;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.Names;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Routes to topics that can be written, or will be when the first message creates them. */
final class SendRoutes {
    private final RouteCache routes;

    SendRoutes(RouteCache routes) {
        this.routes = routes;
    }

    /**
     * @return the route if it is known already and has a queue to write to
     */
    Optional<Route> known(String topic) {
        return routes.peek(topic).filter(route -> !route.writable().isEmpty());
    }

    /**
     * @return a route with a queue to write to; failed with {@link SendException}
     */
    CompletableFuture<Route> find(String topic) {
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

    /** What is known may be wrong. */
    void doubt(String topic) {
        routes.refresh(topic);
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
