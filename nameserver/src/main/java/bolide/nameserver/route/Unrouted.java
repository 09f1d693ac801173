package bolide.nameserver.route;

import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.Names;

/// Why a topic has no route, for whoever asked for it.
final class Unrouted {
    private Unrouted() {}

    /// @param known how many brokers are registered
    static String why(String topic, int known) {
        String problem = Names.topicProblem(topic);
        if (!problem.isEmpty()) {
            return problem;
        }
        String named = "topic " + Excerpt.of(topic);
        if (Names.isOwn(topic)) {
            return named + " is Bolide's own bookkeeping and has no route";
        }
        if (known == 0) {
            return named
                    + " is unknown: no broker has registered with this name server yet; start a"
                    + " broker that names it, or wait for its registration";
        }
        if (Names.isRetry(topic)) {
            return named
                    + " is unknown; it comes into being when a member of its group connects to a"
                    + " broker";
        }
        return named
                + " is held by none of the "
                + known
                + " brokers registered here; create it with mqadmin updateTopic, or by sending to"
                + " it where a broker creates topics on first use";
    }
}
