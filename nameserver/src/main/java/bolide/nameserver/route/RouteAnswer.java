package bolide.nameserver.route;

import bolide.protocol.route.TopicRoute;

/// The answer to the question who holds a topic.
public sealed interface RouteAnswer {
    record Known(TopicRoute route) implements RouteAnswer {}

    /// @param detail names the topic, the cause and what to do
    record Unknown(String detail) implements RouteAnswer {}
}
