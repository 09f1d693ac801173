package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** The lite pull consumer, with queues of its own choice and with queues shared out. */
@SuppressWarnings("deprecation") // the pull consumer alone shows what the server has of offsets
final class LitePullScenarios {
    private static final String INSTANCE = "lite";
    private static final int QUEUES = 2;
    private static final int PER_QUEUE = 10;
    private static final int TIMED = 5;
    private static final int METADATA_CHECK_MILLIS = 500; // after the first ten seconds
    private static final Duration GAP = Duration.ofMillis(100);

    private LitePullScenarios() {}

    /** Assigns queues, seeks in one of them, polls and commits; then starts over. */
    static void assigned(Stage stage) throws Exception {
        TreeSet<MessageQueue> queues = fill(stage);
        DefaultLitePullConsumer consumer =
                Clients.litePullConsumer(stage, "lite-assigned", INSTANCE);
        consumer.setAutoCommit(false);
        consumer.start();
        assign(stage, consumer, queues);
        consumer.seekToBegin(queues.first());
        consumer.seek(queues.last(), 7);
        poll(stage, consumer, "assigned", PER_QUEUE + 3);
        consumer.commit(queues, true);
        DefaultMQPullConsumer asking = Clients.pullConsumer(stage, "lite-assigned", "asking");
        stage.until(
                "the commit", () -> asking.fetchConsumeOffset(queues.last(), true) == PER_QUEUE);
        for (MessageQueue queue : queues) {
            long offset = asking.fetchConsumeOffset(queue, true);
            stage.saw("committed", "queue", queue.getQueueId(), "offset", offset);
        }
        consumer.seek(queues.last(), 2);
        poll(stage, consumer, "again", PER_QUEUE - 2);
    }

    /** Subscribes, polls all and leaves; the next one of the group gets only what came later. */
    static void subscribed(Stage stage) throws Exception {
        fill(stage);
        DefaultLitePullConsumer first = subscriber(stage, "lite-resumed", "first");
        poll(stage, first, "first", QUEUES * PER_QUEUE);
        first.commit(first.assignment(), true);
        first.shutdown();
        DefaultMQProducer producer = Clients.producer(stage, "late");
        for (int i = 0; i < QUEUES; i++) {
            Message message = message(stage, "late-" + i);
            Reports.sent(stage, message, producer.send(message));
        }
        poll(stage, subscriber(stage, "lite-resumed", "second"), "second", QUEUES);
    }

    /** Finds offsets by time, seeks there and to the end, and pauses. */
    static void searched(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        TopicScenarios.create(stage, producer, stage.text("topic"), 1);
        MessageQueue queue = producer.fetchPublishMessageQueues(stage.text("topic")).get(0);
        for (int i = 0; i < TIMED; i++) {
            send(stage, producer, "timed-" + i);
            stage.linger(GAP);
        }
        DefaultLitePullConsumer consumer =
                Clients.litePullConsumer(stage, "lite-searching", "searcher");
        consumer.setAutoCommit(false);
        consumer.start();
        assign(stage, consumer, List.of(queue));
        consumer.seekToBegin(queue);
        List<MessageExt> timed = poll(stage, consumer, "first", TIMED);
        for (MessageExt message : timed) {
            search(stage, consumer, queue, message.getStoreTimestamp());
        }
        search(stage, consumer, queue, timed.get(TIMED - 1).getStoreTimestamp() + 1);
        consumer.seek(queue, consumer.offsetForTimestamp(queue, timed.get(2).getStoreTimestamp()));
        poll(stage, consumer, "from the third", TIMED - 2);
        consumer.seekToEnd(queue);
        send(stage, producer, "at the end");
        poll(stage, consumer, "end", 1);
        consumer.pause(List.of(queue));
        send(stage, producer, "to the pull under way"); // which the pause does not end
        send(stage, producer, "while paused");
        for (MessageExt message : consumer.poll(500)) {
            Reports.message(stage, "paused", message);
        }
        consumer.resume(List.of(queue));
        stage.until("the last message", () -> polled(stage, consumer, "resumed", "while paused"));
    }

    /** Two members share the queues of a topic; when one leaves, the other has them all. */
    static void shared(Stage stage) throws Exception {
        fill(stage);
        DefaultLitePullConsumer one = subscriber(stage, "lite-shared", "one");
        DefaultLitePullConsumer two = subscriber(stage, "lite-shared", "two");
        stage.until(
                "a queue for each",
                () -> one.assignment().size() == 1 && two.assignment().size() == 1);
        stage.saw("share", "of", "one", "queue", queueOf(one));
        stage.saw("share", "of", "two", "queue", queueOf(two));
        poll(stage, one, "one", PER_QUEUE);
        poll(stage, two, "two", PER_QUEUE);
        two.commit(two.assignment(), true);
        two.shutdown();
        stage.until("all queues for one", () -> one.assignment().size() == QUEUES);
        DefaultMQProducer producer = Clients.producer(stage, "late");
        for (int i = 0; i < QUEUES; i++) {
            send(stage, producer, "late-" + i);
        }
        poll(stage, one, "left", QUEUES);
    }

    /** Is told of the queues that a topic has when it grows. */
    static void notified(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        String topic = stage.text("topic");
        TopicScenarios.create(stage, producer, topic, QUEUES);
        DefaultLitePullConsumer consumer =
                Clients.litePullConsumer(stage, "lite-notified", "notified");
        consumer.setTopicMetadataCheckIntervalMillis(METADATA_CHECK_MILLIS);
        consumer.start();
        AtomicInteger told = new AtomicInteger();
        consumer.registerTopicMessageQueueChangeListener(
                topic,
                (changed, queues) -> {
                    stage.saw("changed", "topic", changed, "queues", queues.size());
                    told.set(queues.size());
                });
        TopicScenarios.create(stage, producer, topic, 2 * QUEUES);
        stage.until("word of the new queues", () -> told.get() == 2 * QUEUES);
        stage.saw("fetched", "queues", consumer.fetchMessageQueues(topic).size());
    }

    private static DefaultLitePullConsumer subscriber(Stage stage, String group, String name)
            throws Exception {
        DefaultLitePullConsumer consumer = Clients.litePullConsumer(stage, group, name);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(stage.text("topic"), "*");
        consumer.start();
        return consumer;
    }

    /** The client may pull a queue twice over when it seeks while the first pull begins. */
    private static void assign(
            Stage stage, DefaultLitePullConsumer consumer, Collection<MessageQueue> queues)
            throws InterruptedException {
        int before = Requests.SEEN.pulls();
        consumer.assign(queues);
        stage.until("a pull of each queue", () -> Requests.SEEN.pulls() >= before + queues.size());
    }

    private static List<MessageExt> poll(
            Stage stage, DefaultLitePullConsumer consumer, String member, int expected)
            throws InterruptedException {
        List<MessageExt> polled = new ArrayList<>();
        stage.until(
                expected + " messages for " + member,
                () -> {
                    List<MessageExt> messages = consumer.poll(100);
                    messages.forEach(message -> Reports.message(stage, member, message));
                    polled.addAll(messages);
                    return polled.size() >= expected;
                });
        return polled;
    }

    private static boolean polled(
            Stage stage, DefaultLitePullConsumer consumer, String member, String body) {
        List<MessageExt> messages = consumer.poll(100);
        messages.forEach(message -> Reports.message(stage, member, message));
        return messages.stream().anyMatch(message -> Reports.body(message.getBody()).equals(body));
    }

    private static void search(
            Stage stage, DefaultLitePullConsumer consumer, MessageQueue queue, long time)
            throws Exception {
        stage.saw("found", "offset", consumer.offsetForTimestamp(queue, time));
    }

    private static int queueOf(DefaultLitePullConsumer consumer) throws Exception {
        return consumer.assignment().iterator().next().getQueueId();
    }

    private static void send(Stage stage, DefaultMQProducer producer, String body)
            throws Exception {
        Message message = message(stage, body);
        Reports.sent(stage, message, producer.send(message));
    }

    private static TreeSet<MessageQueue> fill(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        TopicScenarios.create(stage, producer, stage.text("topic"), QUEUES);
        TreeSet<MessageQueue> queues =
                new TreeSet<>(producer.fetchPublishMessageQueues(stage.text("topic")));
        for (MessageQueue queue : queues) {
            for (int i = 0; i < PER_QUEUE; i++) {
                Message message = message(stage, queue.getQueueId() + "-" + i);
                Reports.sent(stage, message, producer.send(message, queue));
            }
        }
        return queues;
    }

    private static Message message(Stage stage, String body) {
        return new Message(stage.text("topic"), body.getBytes(StandardCharsets.UTF_8));
    }
}
