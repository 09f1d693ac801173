package bolide.nameserver.route;

import bolide.protocol.route.QueueData;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/// Which broker names hold a topic, and how much of it. Changed under the route table's lock, read
/// by anybody at any time: the map of a topic is never changed, only replaced.
final class TopicIndex {
    private final ConcurrentSkipListMap<String, SortedMap<String, QueueData>> topics =
            new ConcurrentSkipListMap<>();
    private final Map<String, Set<String>> topicsByBroker = new HashMap<>(); // under the lock only

    /// Makes this all that the broker name holds.
    void replace(String brokerName, Map<String, QueueData> held) {
        for (String topic : topicsByBroker.getOrDefault(brokerName, Set.of())) {
            if (!held.containsKey(topic)) {
                drop(topic, brokerName);
            }
        }
        held.forEach(this::put);
        topicsByBroker.put(brokerName, new HashSet<>(held.keySet()));
    }

    void remove(String brokerName) {
        Set<String> held = topicsByBroker.remove(brokerName);
        if (held != null) {
            held.forEach(topic -> drop(topic, brokerName));
        }
    }

    /// Adds to what a broker name holds, or changes it.
    void addAll(String brokerName, Map<String, QueueData> added) {
        added.forEach(this::put);
        topicsByBroker.computeIfAbsent(brokerName, name -> new HashSet<>()).addAll(added.keySet());
    }

    /// Takes a topic away from the broker names that are meant.
    void forget(String topic, Predicate<String> meant) {
        for (String brokerName : List.copyOf(holders(topic).keySet())) {
            if (meant.test(brokerName)) {
                topicsByBroker.get(brokerName).remove(topic);
                drop(topic, brokerName);
            }
        }
    }

    /// @param change makes a permission another
    /// @return how many topics the broker name holds
    int changePermission(String brokerName, IntUnaryOperator change) {
        Set<String> held = topicsByBroker.getOrDefault(brokerName, Set.of());
        for (String topic : held) {
            QueueData queues = holders(topic).get(brokerName);
            put(topic, queues.withPerm(change.applyAsInt(queues.perm())));
        }
        return held.size();
    }

    /// @return by broker name; empty when nobody holds the topic
    SortedMap<String, QueueData> holders(String topic) {
        return topics.getOrDefault(topic, Collections.emptySortedMap());
    }

    /// @return every topic with its holders, sorted, as a live view
    SortedMap<String, SortedMap<String, QueueData>> all() {
        return Collections.unmodifiableSortedMap(topics);
    }

    private void put(String topic, QueueData queues) {
        SortedMap<String, QueueData> before = holders(topic);
        if (!queues.equals(before.get(queues.brokerName()))) {
            SortedMap<String, QueueData> after = new TreeMap<>(before);
            after.put(queues.brokerName(), queues);
            topics.put(topic, Collections.unmodifiableSortedMap(after));
        }
    }

    private void drop(String topic, String brokerName) {
        SortedMap<String, QueueData> after = new TreeMap<>(holders(topic));
        after.remove(brokerName);
        if (after.isEmpty()) {
            topics.remove(topic);
        } else {
            topics.put(topic, Collections.unmodifiableSortedMap(after));
        }
    }
}
