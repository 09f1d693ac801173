package bolide.nameserver.route;

import bolide.protocol.route.BrokerData;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicList;
import bolide.protocol.topic.TopicConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The topics of a route table as they are now, sorted, in several choices.
public final class TopicLists {
    private final TopicIndex topics;
    private final Map<String, BrokerData> brokers;

    /// @param brokers by name; changed by others
    TopicLists(TopicIndex topics, Map<String, BrokerData> brokers) {
        this.topics = topics;
        this.brokers = brokers;
    }

    public TopicList all() {
        return new TopicList(List.copyOf(topics.all().keySet()), "");
    }

    /// @return the topics that a broker of the cluster holds
    public TopicList of(String cluster) {
        return heldBy(queues -> {
            BrokerData broker = brokers.get(queues.brokerName());
            return broker != null && broker.cluster().equals(cluster);
        });
    }

    /// @return the topics of a unit
    public TopicList ofUnits() {
        return heldBy(queues -> has(queues, TopicConfig.OF_UNIT));
    }

    /// @return the topics that units subscribe to
    public TopicList subscribedByUnits() {
        return heldBy(queues -> has(queues, TopicConfig.SUBSCRIBED_BY_UNIT));
    }

    /// @return those of them that are not of a unit
    public TopicList subscribedByUnitsOnly() {
        return heldBy(queues ->
                has(queues, TopicConfig.SUBSCRIBED_BY_UNIT) && !has(queues, TopicConfig.OF_UNIT));
    }

    /// @return the names of clusters and brokers, which are topics too, and one broker's address
    public TopicList system() {
        SortedSet<String> names = new TreeSet<>();
        String address = "";
        for (BrokerData broker : brokers.values()) {
            names.add(broker.cluster());
            names.add(broker.brokerName());
            if (address.isEmpty()) {
                address = broker.addresses().get(broker.addresses().firstKey());
            }
        }
        return new TopicList(names, address);
    }

    private TopicList heldBy(Predicate<QueueData> meant) {
        List<String> names = new ArrayList<>();
        topics.all()
                .forEach((topic, holders) -> {
                    if (holders.values().stream().anyMatch(meant)) {
                        names.add(topic);
                    }
                });
        return new TopicList(names, "");
    }

    private static boolean has(QueueData queues, int flag) {
        return (queues.sysFlag() & flag) != 0;
    }
}
