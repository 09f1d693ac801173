package bolide.nameserver.config;

/// What a name server can be told, also while it runs.
///
/// @param orderInRoutes whether a route tells clients the order of a topic's queues that was put
///   under the namespace `ORDER_TOPIC_CONFIG`
/// @param orderToBrokers whether a broker that registers is told all of that namespace
/// @param allTopicList whether all topics are listed to who asks
/// @param topicList whether those of a cluster or of units are
/// @param minBrokerNotice whether brokers of one name are told when the lowest id among them
///   changes
public record NameServerConfig(
        boolean orderInRoutes,
        boolean orderToBrokers,
        boolean allTopicList,
        boolean topicList,
        boolean minBrokerNotice) {
    /// As Apache's name server is when nobody says anything.
    public static final NameServerConfig DEFAULT =
            new NameServerConfig(false, true, true, true, false);
}
