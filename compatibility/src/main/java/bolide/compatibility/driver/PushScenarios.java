package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/** The push consumer: one member or several, in one process or many. */
final class PushScenarios {
    private static final String INSTANCE = "sender";
    private static final int QUEUES = 4;
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private PushScenarios() {}

    /** One {@code member} of {@code group}, until the test lets it go; then it leaves properly. */
    static void consume(Stage stage) throws Exception {
        String member = stage.text("member", "only");
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, stage.text("group"), member);
        consumer.subscribe(stage.text("topic"), stage.text("tags", "*"));
        Listener listener = Listener.concurrently(stage, consumer, member);
        consumer.start();
        stage.at("joined");
        stage.until("note of all that was consumed", listener::settled);
        consumer.shutdown();
    }

    /** All of a topic to one member, in whatever order. */
    static void concurrently(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, "concurrently", "only");
        consumer.subscribe(stage.text("topic"), "*");
        Listener listener = Listener.concurrently(stage, consumer, "only");
        int count = stage.number("count", 100);
        send(stage, producer, "before-", count / 2);
        consumer.start();
        send(stage, producer, "after-", count - count / 2);
        stage.until(count + " messages", () -> listener.count() >= count);
        stage.linger(QUIET);
    }

    /** Queue by queue in order, although some messages are refused at first. */
    static void orderly(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        TopicScenarios.create(stage, producer, stage.text("topic"), QUEUES);
        List<MessageQueue> queues = producer.fetchPublishMessageQueues(stage.text("topic"));
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, "orderly", "only");
        consumer.subscribe(stage.text("topic"), "*");
        consumer.setSuspendCurrentQueueTimeMillis(100);
        Set<String> refused = ConcurrentHashMap.newKeySet();
        Listener listener =
                Listener.orderly(
                        stage,
                        consumer,
                        "only",
                        message ->
                                message.getQueueOffset() == 5
                                        && refused.add(Reports.body(message.getBody())));
        consumer.start();
        int count = stage.number("count", 100);
        for (int i = 0; i < count; i++) {
            Message message = message(stage, Integer.toString(i));
            Reports.sent(stage, message, producer.send(message, queues.get(i % QUEUES)));
        }
        stage.until(count + " messages", () -> listener.count() >= count);
        stage.linger(QUIET);
        refused.forEach(body -> stage.saw("suspended", "body", body));
    }

    /** Each of two members gets everything. */
    static void broadcasting(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        TopicScenarios.create(stage, producer, stage.text("topic"), QUEUES);
        Listener one = broadcast(stage, "one");
        Listener two = broadcast(stage, "two");
        stage.until(
                "all queues for both",
                () -> one.queueCount() == QUEUES && two.queueCount() == QUEUES);
        int count = stage.number("count", 20);
        send(stage, producer, "", count);
        stage.until(
                count + " messages for both", () -> one.count() >= count && two.count() >= count);
        stage.linger(QUIET);
    }

    /** Subscriptions by tag, of which two tags have the same hash code. */
    static void tags(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        TopicScenarios.create(stage, producer, stage.text("topic"), QUEUES);
        for (String tag : List.of("TagA", "TagB", "TagC", "Aa", "BB", "")) {
            for (int i = 0; i < QUEUES; i++) {
                Message message = message(stage, "tag " + tag + " " + i);
                if (!tag.isEmpty()) {
                    message.setTags(tag);
                }
                Reports.sent(stage, message, producer.send(message));
            }
        }
        Listener either = tagged(stage, "either", "TagA || TagB");
        Listener collision = tagged(stage, "collision", "Aa");
        Listener all = tagged(stage, "all", "*");
        stage.until(
                "each its messages",
                () ->
                        either.count() >= 2 * QUEUES
                                && collision.count() >= QUEUES
                                && all.count() >= 6 * QUEUES);
        stage.linger(QUIET);
    }

    /**
     * Three new groups that start at the first message, at the last, and at a time, each in the
     * {@code model} CLUSTERING or BROADCASTING.
     */
    static void startPositions(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        TopicScenarios.create(stage, producer, stage.text("topic"), QUEUES);
        send(stage, producer, "old-", 2 * QUEUES);
        stage.linger(Duration.ofMillis(1100)); // a start time has whole seconds
        String time = START.format(LocalDateTime.now());
        send(stage, producer, "middle-", 2 * QUEUES);
        List<Listener> listeners =
                List.of(
                        starting(stage, ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET, time),
                        starting(stage, ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET, time),
                        starting(stage, ConsumeFromWhere.CONSUME_FROM_TIMESTAMP, time));
        stage.until(
                "all queues for each",
                () -> listeners.stream().allMatch(l -> l.queueCount() == QUEUES));
        stage.linger(QUIET);
        List<String> sent = send(stage, producer, "new-", 2 * QUEUES);
        stage.until(
                "the new messages for each and all for the first",
                () ->
                        listeners.stream().allMatch(listener -> listener.heard(sent))
                                && listeners.get(0).count() >= 6 * QUEUES);
        stage.linger(QUIET);
    }

    /** A subscription to a topic that only a later message makes. */
    static void beforeTopic(Stage stage) throws Exception {
        System.setProperty("rocketmq.client.rebalance.waitInterval", "1000");
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, "early", "early");
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET);
        consumer.setPollNameServerInterval(1000);
        consumer.subscribe(stage.text("topic"), "*");
        Listener listener = Listener.concurrently(stage, consumer, "early");
        consumer.start();
        stage.linger(QUIET);
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        int count = stage.number("count", 20);
        send(stage, producer, "", count);
        stage.until(count + " messages", () -> listener.count() >= count);
        stage.linger(QUIET);
    }

    /** Two producers and two consumers of one group in one process. */
    static void twoInstances(Stage stage) throws Exception {
        DefaultMQProducer left = Clients.producer(stage, "left");
        DefaultMQProducer right = Clients.producer(stage, "right");
        TopicScenarios.create(stage, left, stage.text("topic"), QUEUES);
        Listener one = member(stage, "one");
        Listener two = member(stage, "two");
        stage.until(
                "an even share for both",
                () -> one.queueCount() == QUEUES / 2 && two.queueCount() == QUEUES / 2);
        int count = stage.number("count", 20);
        send(stage, left, "left-", count);
        send(stage, right, "right-", count);
        stage.until("all messages", () -> one.count() + two.count() >= 2 * count);
        stage.linger(QUIET);
    }

    private static Listener member(Stage stage, String member) throws Exception {
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, "pair", member);
        consumer.subscribe(stage.text("topic"), "*");
        Listener listener = Listener.concurrently(stage, consumer, member);
        consumer.start();
        return listener;
    }

    private static Listener broadcast(Stage stage, String member) throws Exception {
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, "broadcast", member);
        Generation.messageModel(consumer, "BROADCASTING");
        consumer.subscribe(stage.text("topic"), "*");
        Listener listener = Listener.concurrently(stage, consumer, member);
        consumer.start();
        return listener;
    }

    private static Listener tagged(Stage stage, String member, String tags) throws Exception {
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, "tags-" + member, member);
        consumer.subscribe(stage.text("topic"), tags);
        Listener listener = Listener.concurrently(stage, consumer, member);
        consumer.start();
        return listener;
    }

    private static Listener starting(Stage stage, ConsumeFromWhere where, String time)
            throws Exception {
        String group = stage.text("model") + "-" + where;
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, group, where.name());
        Generation.messageModel(consumer, stage.text("model"));
        consumer.setConsumeFromWhere(where);
        consumer.setConsumeTimestamp(time);
        consumer.subscribe(stage.text("topic"), "*");
        Listener listener = Listener.concurrently(stage, consumer, where.name());
        consumer.start();
        return listener;
    }

    private static List<String> send(
            Stage stage, DefaultMQProducer producer, String prefix, int count) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message = message(stage, prefix + i);
            Reports.sent(stage, message, producer.send(message));
            bodies.add(prefix + i);
        }
        return bodies;
    }

    private static Message message(Stage stage, String body) {
        return new Message(stage.text("topic"), body.getBytes(StandardCharsets.UTF_8));
    }
}
