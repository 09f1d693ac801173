package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** A store with something of everything in it, and what a client sees of it. */
@SuppressWarnings("deprecation") // the pull consumer is, yet it alone commits what we say
final class StoreScenarios {
    private static final String INSTANCE = "filler";
    private static final String GROUP = "readers";
    private static final int IDLE = 3;
    private static final int LONGEST_LEVEL = 18;

    private StoreScenarios() {}

    /**
     * Sends to {@code idle} first, then more than a segment to {@code plain}, a batch, and, when
     * {@code parked} says so, what lies in wait: delayed messages and half ones, on newer servers
     * timed ones. Commits offsets. Reports all that is to be found again.
     */
    static void fill(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        TopicScenarios.create(stage, producer, "idle", 2);
        for (MessageQueue queue : producer.fetchPublishMessageQueues("idle")) {
            for (int i = 0; i < IDLE; i++) {
                producer.send(message("idle", "idle-" + i), queue);
            }
        }
        TopicScenarios.create(stage, producer, "plain", 4);
        sendPlain(stage, producer);
        sendBatch(stage, producer);
        if (Boolean.parseBoolean(stage.text("parked", "false"))) {
            park(stage, producer);
        }
        commit(stage);
        show(stage);
    }

    private static void sendPlain(Stage stage, DefaultMQProducer producer) throws Exception {
        List<MessageQueue> queues =
                new ArrayList<>(new TreeSet<>(producer.fetchPublishMessageQueues("plain")));
        int count = stage.number("count", 300);
        for (int i = 0; i < count; i++) {
            Message message = message("plain", i + " " + "x".repeat(2000));
            message.setKeys("key-" + i);
            message.setTags("Tag" + i % 3);
            producer.send(message, queues.get(i % queues.size()));
        }
    }

    private static void sendBatch(Stage stage, DefaultMQProducer producer) throws Exception {
        TopicScenarios.create(stage, producer, "batch", 1);
        List<Message> batch = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Message message = message("batch", "batch-" + i);
            message.setKeys("batch-key-" + i);
            batch.add(message);
        }
        producer.send(batch);
    }

    private static void park(Stage stage, DefaultMQProducer producer) throws Exception {
        TopicScenarios.create(stage, producer, "parked", 1);
        for (int i = 0; i < 3; i++) {
            Message delayed = message("parked", "delayed-" + i);
            delayed.setDelayTimeLevel(LONGEST_LEVEL);
            producer.send(delayed);
        }
        if (Boolean.parseBoolean(stage.text("timers", "true"))) {
            for (int i = 0; i < 2; i++) {
                Message timed = message("parked", "timed-" + i);
                timed.setDelayTimeSec(Duration.ofHours(2).toSeconds());
                producer.send(timed);
            }
        }
        TransactionMQProducer transactions = new TransactionMQProducer("transactions");
        transactions.setNamesrvAddr(stage.nameserver());
        transactions.setInstanceName("transactions-" + ProcessHandle.current().pid());
        transactions.setTransactionListener(new ByBody());
        transactions.start();
        for (String outcome : List.of("COMMIT_MESSAGE", "ROLLBACK_MESSAGE", "UNKNOW", "UNKNOW")) {
            transactions.sendMessageInTransaction(message("parked", outcome), null);
        }
    }

    /** Commits one message more of each queue than of the one before, and reports nothing. */
    private static void commit(Stage stage) throws Exception {
        DefaultMQPullConsumer consumer = Clients.pullConsumer(stage, GROUP, INSTANCE);
        for (String topic : List.of("idle", "plain")) {
            for (MessageQueue queue : consumer.fetchSubscribeMessageQueues(topic)) {
                long offset = 1 + queue.getQueueId();
                consumer.pull(queue, "*", 0, 1); // makes the group
                consumer.updateConsumeOffset(queue, offset);
                consumer.getDefaultMQPullConsumerImpl().getOffsetStore().persist(queue);
                stage.until("the commit", () -> consumer.fetchConsumeOffset(queue, true) == offset);
            }
        }
    }

    /** Reports each queue's first, last and committed offset, and all messages, of some topics. */
    static void show(Stage stage) throws Exception {
        DefaultMQPullConsumer consumer = Clients.pullConsumer(stage, GROUP, "shower");
        for (String topic : stage.text("topics").split(",")) {
            for (MessageQueue queue : new TreeSet<>(consumer.fetchSubscribeMessageQueues(topic))) {
                stage.saw(
                        "ends",
                        "topic",
                        topic,
                        "queue",
                        queue.getQueueId(),
                        "min",
                        consumer.minOffset(queue),
                        "max",
                        consumer.maxOffset(queue),
                        "committed",
                        consumer.fetchConsumeOffset(queue, true));
            }
            new Reader(stage, topic, "reader-of-" + topic).goOn();
        }
    }

    private static Message message(String topic, String body) {
        return new Message(topic, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Decides as the body says. */
    private static final class ByBody implements TransactionListener {
        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
            return LocalTransactionState.valueOf(
                    new String(message.getBody(), StandardCharsets.UTF_8));
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return LocalTransactionState.UNKNOW;
        }
    }
}
