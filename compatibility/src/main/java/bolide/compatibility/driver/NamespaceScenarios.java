package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;

/** The same names of topics and groups in several namespaces. */
@SuppressWarnings("deprecation") // of namespaces in names, which are all that 4.9 has
final class NamespaceScenarios {
    private static final String NONE = "none";
    private static final int QUEUES = 2;
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** Puts a client into a namespace; {@code none}: into no one. */
    @FunctionalInterface
    private interface Placement {
        void put(ClientConfig client, String namespace);
    }

    private NamespaceScenarios() {}

    /**
     * Namespaces that are part of the names: what is sent in one is consumed there, and whoever
     * knows the whole name can read it.
     */
    static void inNames(Stage stage) throws Exception {
        List<String> namespaces = List.of(NONE, "east", "west");
        int count = stage.number("count", 4);
        List<Listener> listeners = play(stage, namespaces, count, ClientConfig::setNamespace);
        stage.until(
                "each its messages",
                () -> listeners.stream().allMatch(listener -> listener.count() >= count));
        stage.linger(QUIET);
        Reader.read(stage, "east%" + stage.text("topic"), count);
    }

    /** Namespaces that requests carry beside the names, as clients have them since 5. */
    static void besideNames(Stage stage) throws Exception {
        List<String> namespaces = List.of(NONE, "east");
        int count = stage.number("count", 4);
        List<Listener> listeners = play(stage, namespaces, count, ClientConfig::setNamespaceV2);
        stage.until(
                "all messages",
                () -> listeners.stream().mapToInt(Listener::count).sum() >= 2 * count);
        stage.linger(QUIET);
    }

    /** A consumer and a producer in each namespace; each producer sends {@code <namespace>-n}. */
    private static List<Listener> play(
            Stage stage, List<String> namespaces, int count, Placement placement) throws Exception {
        List<Listener> listeners = new ArrayList<>();
        for (String namespace : namespaces) {
            DefaultMQProducer producer =
                    Clients.producer(stage, "producers", "sender-" + namespace);
            place(producer, namespace, placement);
            producer.start();
            String topic = stage.text("topic");
            TopicScenarios.create(stage, producer, producer.withNamespace(topic), QUEUES);
            DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, topic, namespace);
            place(consumer, namespace, placement);
            consumer.subscribe(topic, "*");
            listeners.add(Listener.concurrently(stage, consumer, namespace));
            consumer.start();
            for (int i = 0; i < count; i++) {
                byte[] body = (namespace + "-" + i).getBytes(StandardCharsets.UTF_8);
                Message message = new Message(topic, body);
                Reports.sent(stage, message, producer.send(message));
            }
        }
        return listeners;
    }

    private static void place(ClientConfig client, String namespace, Placement placement) {
        if (!namespace.equals(NONE)) {
            placement.put(client, namespace);
        }
    }
}
