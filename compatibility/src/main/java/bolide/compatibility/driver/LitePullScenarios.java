package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** The lite pull consumer, with queues of its own choice and with queues shared out. */
final class LitePullScenarios {
    private static final String INSTANCE = "lite";
    private static final int QUEUES = 2;
    private static final int PER_QUEUE = 10;

    private LitePullScenarios() {}

    /** Assigns queues, seeks in one of them, polls and commits; then starts over. */
    static void assigned(Stage stage) throws Exception {
        TreeSet<MessageQueue> queues = fill(stage);
        DefaultLitePullConsumer consumer = Clients.litePullConsumer(stage, "lite", INSTANCE);
        consumer.setAutoCommit(false);
        consumer.start();
        consumer.assign(queues);
        consumer.seekToBegin(queues.first());
        consumer.seek(queues.last(), 7);
        poll(stage, consumer, "assigned", PER_QUEUE + 3);
        consumer.commit();
        stage.until("the commit", () -> consumer.committed(queues.last()) == PER_QUEUE);
        for (MessageQueue queue : queues) {
            stage.saw(
                    "committed", "queue", queue.getQueueId(), "offset", consumer.committed(queue));
        }
        consumer.seek(queues.last(), 2);
        poll(stage, consumer, "again", PER_QUEUE - 2);
    }

    /** Subscribes, polls all and leaves; the next one of the group gets only what came later. */
    static void subscribed(Stage stage) throws Exception {
        fill(stage);
        DefaultLitePullConsumer first = subscriber(stage, "first");
        poll(stage, first, "first", QUEUES * PER_QUEUE);
        first.commit();
        first.shutdown();
        DefaultMQProducer producer = Clients.producer(stage, "late");
        for (int i = 0; i < QUEUES; i++) {
            Message message = message(stage, "late-" + i);
            Reports.sent(stage, message, producer.send(message));
        }
        poll(stage, subscriber(stage, "second"), "second", QUEUES);
    }

    private static DefaultLitePullConsumer subscriber(Stage stage, String name) throws Exception {
        DefaultLitePullConsumer consumer = Clients.litePullConsumer(stage, "lite-group", name);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(stage.text("topic"), "*");
        consumer.start();
        return consumer;
    }

    private static void poll(
            Stage stage, DefaultLitePullConsumer consumer, String member, int expected)
            throws InterruptedException {
        int[] count = {0};
        stage.until(
                expected + " messages for " + member,
                () -> {
                    List<MessageExt> messages = consumer.poll(100);
                    messages.forEach(message -> Reports.message(stage, member, message));
                    count[0] += messages.size();
                    return count[0] >= expected;
                });
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
