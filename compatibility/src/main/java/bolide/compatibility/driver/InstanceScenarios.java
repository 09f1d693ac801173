package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** Producers and consumers of several groups behind one instance: one client to the server. */
final class InstanceScenarios {
    private static final String INSTANCE = "shared";
    private static final int QUEUES = 2;
    private static final Duration QUIET = Duration.ofSeconds(1);

    private InstanceScenarios() {}

    /**
     * Two producer groups, two push groups and a lite pull group; then one producer and one push
     * consumer leave, and the others go on.
     */
    static void shared(Stage stage) throws Exception {
        String topic = stage.text("topic");
        int count = stage.number("count", 8);
        DefaultMQProducer one = producer(stage, "producers-one");
        DefaultMQProducer two = producer(stage, "producers-two");
        TopicScenarios.create(stage, one, topic + "-one", QUEUES);
        TopicScenarios.create(stage, two, topic + "-two", QUEUES);
        DefaultMQPushConsumer leaving = Clients.pushConsumer(stage, "shared-leaving", INSTANCE);
        leaving.subscribe(topic + "-one", "*");
        Listener first = Listener.concurrently(stage, leaving, "leaving");
        leaving.start();
        DefaultMQPushConsumer staying = Clients.pushConsumer(stage, "shared-staying", INSTANCE);
        staying.subscribe(topic + "-two", "*");
        Listener second = Listener.concurrently(stage, staying, "staying");
        staying.start();
        DefaultLitePullConsumer polling = poller(stage, topic + "-one");

        List<String> early = send(stage, one, topic + "-one", "early-one-", count);
        List<String> others = send(stage, two, topic + "-two", "early-two-", count);
        stage.until("what was sent to the first", () -> first.heard(early));
        stage.until("what was sent to the second", () -> second.heard(others));
        poll(stage, polling, early);

        stage.until("note of all that was consumed", first::settled);
        leaving.shutdown();
        one.shutdown();
        List<String> late = send(stage, two, topic + "-two", "late-two-", count);
        stage.until("what was sent later", () -> second.heard(late));
        poll(stage, polling, send(stage, two, topic + "-one", "late-one-", count));
        stage.linger(QUIET);
    }

    private static DefaultMQProducer producer(Stage stage, String group) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, group, INSTANCE);
        producer.start();
        return producer;
    }

    private static DefaultLitePullConsumer poller(Stage stage, String topic) throws Exception {
        DefaultLitePullConsumer consumer =
                Clients.litePullConsumer(stage, "shared-polling", INSTANCE);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, "*");
        consumer.start();
        return consumer;
    }

    private static void poll(Stage stage, DefaultLitePullConsumer consumer, List<String> wanted)
            throws InterruptedException {
        List<String> left = new ArrayList<>(wanted);
        stage.until(
                "all polled",
                () -> {
                    for (MessageExt message : consumer.poll(100)) {
                        Reports.message(stage, "polling", message);
                        left.remove(Reports.body(message.getBody()));
                    }
                    return left.isEmpty();
                });
    }

    private static List<String> send(
            Stage stage, DefaultMQProducer producer, String topic, String prefix, int count)
            throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message = new Message(topic, (prefix + i).getBytes(StandardCharsets.UTF_8));
            Reports.sent(stage, message, producer.send(message));
            bodies.add(prefix + i);
        }
        return bodies;
    }
}
