package bolide.nameserver.config;

/// A setting that may be changed while the server runs, by the name that Apache's tools know. None
/// of them names a path, a class or an address.
public enum Switch {
    /// Whether a route tells clients the order of a topic's queues that was put under the namespace
    /// `ORDER_TOPIC_CONFIG`.
    ORDER_IN_ROUTES("orderMessageEnable"),
    /// Whether a broker that registers is told all of that namespace.
    ORDER_TO_BROKERS("returnOrderTopicConfigToBroker"),
    /// Whether all topics are listed to who asks.
    ALL_TOPIC_LIST("enableAllTopicList"),
    /// Whether those of a cluster or of units are.
    TOPIC_LIST("enableTopicList"),
    /// Whether brokers of one name are told when the lowest id among them changes.
    MIN_BROKER_NOTICE("notifyMinBrokerIdChanged");

    private final String key;

    Switch(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
