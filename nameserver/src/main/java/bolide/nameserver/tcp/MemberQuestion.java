package bolide.nameserver.tcp;

import bolide.protocol.frame.Frame;
import bolide.protocol.route.MapKeys;
import bolide.protocol.route.TopicRoute;

/// Who bears a broker's name: request 901.
///
/// @param cluster the broker's cluster
/// @param brokerName the broker
/// @param keys how the asker reads numbers as keys
record MemberQuestion(String cluster, String brokerName, MapKeys keys) {
    static MemberQuestion decode(Frame frame) {
        return new MemberQuestion(
                frame.fields().text("clusterName"),
                frame.fields().text("brokerName"),
                TopicRoute.keysFor(frame));
    }
}
