package bolide.nameserver.tcp;

import bolide.protocol.frame.Frame;
import bolide.protocol.route.MapKeys;
import bolide.protocol.route.TopicRoute;

/// Who holds a topic: request 105.
///
/// @param topic the topic
/// @param keys how the asker reads numbers as keys
record RouteQuestion(String topic, MapKeys keys) {
    static RouteQuestion decode(Frame frame) {
        return new RouteQuestion(TopicRoute.topicOf(frame), TopicRoute.keysFor(frame));
    }
}
