package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** Pulling by hand, and asking where a queue begins, ends and was at a time. */
@SuppressWarnings("deprecation") // the pull consumer is, yet tools still use it
final class PullScenarios {
    private static final String INSTANCE = "puller";
    private static final Duration GAP = Duration.ofMillis(100);

    private PullScenarios() {}

    /** Reports all messages of {@code topic}, whatever there is. */
    static void read(Stage stage) throws Exception {
        Reader reader = new Reader(stage, stage.text("topic"));
        reader.goOn();
        stage.linger(Duration.ofSeconds(1)); // for the last that were answered
        reader.goOn();
    }

    /** Each answer a pull can get, and an offset committed by hand. */
    static void pull(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        MessageQueue queue = fill(stage, producer, 10).getMessageQueue();
        DefaultMQPullConsumer consumer = Clients.pullConsumer(stage, "pullers", INSTANCE);
        stage.until("the last message", () -> consumer.maxOffset(queue) == 10);

        pulled(stage, "middle", consumer.pull(queue, "*", 4, 3));
        pulled(stage, "all", consumer.pull(queue, "*", 0, 32));
        pulled(stage, "end", consumer.pull(queue, "*", 10, 32));
        pulled(stage, "beyond", consumer.pull(queue, "*", 15, 32));
        pulled(stage, "tagged", consumer.pull(queue, "Tag3 || Tag5", 0, 32));
        pulled(stage, "nothing tagged", consumer.pull(queue, "Nothing", 0, 32));

        stage.saw("committed", "offset", consumer.fetchConsumeOffset(queue, true));
        consumer.updateConsumeOffset(queue, 6);
        consumer.getDefaultMQPullConsumerImpl().getOffsetStore().persist(queue);
        stage.until("the commit", () -> consumer.fetchConsumeOffset(queue, true) == 6);
        stage.saw("committed", "offset", consumer.fetchConsumeOffset(queue, true));

        PullResult waited = waitFor(stage, producer, consumer, queue);
        pulled(stage, "awaited", waited);
    }

    /** The first and last offset of a queue, and its offset at some times. */
    static void offsets(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        MessageQueue queue = fill(stage, producer, 5).getMessageQueue();
        DefaultMQPullConsumer consumer = Clients.pullConsumer(stage, "pullers", INSTANCE);
        stage.until("the last message", () -> consumer.maxOffset(queue) == 5);
        stage.saw("offset", "of", "min", "offset", consumer.minOffset(queue));
        stage.saw("offset", "of", "max", "offset", consumer.maxOffset(queue));
        List<MessageExt> messages = consumer.pull(queue, "*", 0, 32).getMsgFoundList();
        long first = messages.get(0).getStoreTimestamp();
        long third = messages.get(2).getStoreTimestamp();
        long last = messages.get(4).getStoreTimestamp();
        search(stage, consumer, queue, "epoch", 0);
        search(stage, consumer, queue, "before the first", first - 1);
        search(stage, consumer, queue, "at the first", first);
        search(stage, consumer, queue, "before the third", third - 1);
        search(stage, consumer, queue, "at the third", third);
        search(stage, consumer, queue, "after the third", third + 1);
        search(stage, consumer, queue, "at the last", last);
        search(stage, consumer, queue, "after the last", last + 1);
        MessageQueue unused = new MessageQueue(queue.getTopic(), queue.getBrokerName(), 3);
        stage.saw("offset", "of", "min of unused", "offset", consumer.minOffset(unused));
        stage.saw("offset", "of", "max of unused", "offset", consumer.maxOffset(unused));
        search(stage, consumer, unused, "in unused", first);
    }

    /** A message by its offset id, and ids that name none. */
    static void viewMessage(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        SendResult sent = fill(stage, producer, 3);
        String id = sent.getOffsetMsgId();
        Reports.wholeMessage(stage, "viewer", producer.viewMessage(stage.text("topic"), id));
        String beyond = id.substring(0, id.length() - 16) + "0000000007FFFFFF";
        try {
            producer.viewMessage(stage.text("topic"), beyond);
            stage.saw("accepted", "what", "beyond");
        } catch (Exception e) {
            Reports.refused(stage, "beyond", e);
        }
    }

    /** Sends that many to queue 1, each with a tag and some time apart; the last one's result. */
    private static SendResult fill(Stage stage, DefaultMQProducer producer, int count)
            throws Exception {
        String topic = stage.text("topic");
        TopicScenarios.create(stage, producer, topic, 4);
        MessageQueue queue =
                producer.fetchPublishMessageQueues(topic).stream()
                        .filter(q -> q.getQueueId() == 1)
                        .findAny()
                        .orElseThrow();
        SendResult result = null;
        for (int i = 0; i < count; i++) {
            byte[] body = ("body-" + i).getBytes(StandardCharsets.UTF_8);
            Message message = new Message(topic, "Tag" + i, body);
            result = producer.send(message, queue);
            Reports.sent(stage, message, result);
            stage.linger(GAP);
        }
        return result;
    }

    private static PullResult waitFor(
            Stage stage,
            DefaultMQProducer producer,
            DefaultMQPullConsumer consumer,
            MessageQueue queue)
            throws Exception {
        Thread later =
                new Thread(() -> {
                    try {
                        stage.linger(GAP.multipliedBy(5));
                        byte[] body = "late".getBytes(StandardCharsets.UTF_8);
                        producer.send(new Message(queue.getTopic(), "Late", body), queue);
                    } catch (Exception e) {
                        e.printStackTrace();
                    }
                });
        later.start();
        long start = System.nanoTime();
        PullResult pulled = consumer.pullBlockIfNotFound(queue, "*", 10, 32);
        stage.saw("waited", "millis", Duration.ofNanos(System.nanoTime() - start).toMillis());
        later.join();
        return pulled;
    }

    private static void pulled(Stage stage, String what, PullResult result) {
        List<MessageExt> found = result.getMsgFoundList();
        stage.saw(
                "pulled",
                "what",
                what,
                "status",
                result.getPullStatus(),
                "next",
                result.getNextBeginOffset(),
                "min",
                result.getMinOffset(),
                "max",
                result.getMaxOffset(),
                "bodies",
                found == null
                        ? ""
                        : String.join(
                                " ", found.stream().map(m -> Reports.body(m.getBody())).toList()));
    }

    private static void search(
            Stage stage,
            DefaultMQPullConsumer consumer,
            MessageQueue queue,
            String when,
            long timestamp)
            throws Exception {
        stage.saw("offset", "of", when, "offset", consumer.searchOffset(queue, timestamp));
    }
}
