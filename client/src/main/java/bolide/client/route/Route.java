package bolide.client.route;

import bolide.protocol.route.BrokerData;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.protocol.topic.Permission;
import bolide.remoting.NetworkException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a topic is written and read, as producers and consumers need it.
 *
 * @param topic the topic
 * @param writable the queues that take messages, sorted; only of brokers that have a master
 * @param readable the queues that give messages, sorted
 * @param brokers the brokers' addresses by name
 */
public record Route(
        String topic,
        List<MessageQueue> writable,
        List<MessageQueue> readable,
        Map<String, BrokerData> brokers) {

    /** The route of a topic that exists. */
    static Route of(String topic, TopicRoute answer) {
        Map<String, BrokerData> brokers = new HashMap<>();
        for (BrokerData broker : answer.brokers()) {
            brokers.put(broker.brokerName(), broker);
        }
        List<MessageQueue> writable = new ArrayList<>();
        List<MessageQueue> readable = new ArrayList<>();
        for (QueueData held : answer.queues()) {
            BrokerData broker = brokers.get(held.brokerName());
            if (broker == null || broker.addresses().isEmpty()) {
                continue;
            }
            if (Permission.isWritable(held.perm())
                    && broker.addresses().containsKey(BrokerData.MASTER)) {
                addQueues(writable, topic, held.brokerName(), held.writeQueues());
            }
            if (Permission.isReadable(held.perm())) {
                addQueues(readable, topic, held.brokerName(), held.readQueues());
            }
        }
        writable.sort(null);
        readable.sort(null);
        return new Route(topic, List.copyOf(writable), List.copyOf(readable), Map.copyOf(brokers));
    }

    private static void addQueues(
            List<MessageQueue> queues, String topic, String brokerName, int count) {
        for (int id = 0; id < count; id++) {
            queues.add(new MessageQueue(topic, brokerName, id));
        }
    }

    /**
     * The route of a topic that does not exist yet and will be created on first use, where this is
     * the route of the topic that stands for such topics.
     *
     * @param queues how many queues per broker at most
     */
    public Route patternFor(String newTopic, int queues) {
        List<MessageQueue> first =
                writable.stream()
                        .filter(queue -> queue.queueId() < queues)
                        .map(q -> new MessageQueue(newTopic, q.brokerName(), q.queueId()))
                        .toList();
        return new Route(newTopic, first, List.of(), brokers);
    }

    /**
     * @return {@code host:port} of the broker's master
     */
    public Optional<String> masterOf(String brokerName) {
        return Optional.ofNullable(brokers.get(brokerName))
                .map(broker -> broker.addresses().get(BrokerData.MASTER));
    }

    /**
     * @return {@code host:port} where the queue is read: its broker's master, else a slave
     */
    public Optional<String> reader(MessageQueue queue) {
        return Optional.ofNullable(brokers.get(queue.brokerName()))
                .filter(broker -> !broker.addresses().isEmpty())
                .map(broker -> broker.addresses().get(broker.addresses().firstKey()));
    }

    /**
     * @return the same
     * @throws NetworkException when the broker has gone from the route
     */
    public String addressFor(MessageQueue queue) {
        return reader(queue)
                .orElseThrow(() ->
                        new NetworkException(
                                "broker "
                                        + queue.brokerName()
                                        + " has gone from the route to "
                                        + topic));
    }

    /**
     * @return {@code host:port} of every master, sorted
     */
    public Set<String> masters() {
        Set<String> masters = new TreeSet<>();
        for (BrokerData broker : brokers.values()) {
            String master = broker.addresses().get(BrokerData.MASTER);
            if (master != null) {
                masters.add(master);
            }
        }
        return masters;
    }

    /**
     * @return {@code host:port} of every master and slave, sorted
     */
    public Set<String> addresses() {
        Set<String> addresses = new TreeSet<>();
        brokers.values().forEach(broker -> addresses.addAll(broker.addresses().values()));
        return addresses;
    }
}
