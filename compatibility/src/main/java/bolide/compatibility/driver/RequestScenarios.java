package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** Every request that producers and consumers make, however their headers look. */
final class RequestScenarios {
    private static final int SENT = 5;
    private static final long TIMEOUT_SECONDS = 10;

    private RequestScenarios() {}

    /** Sends in each way, asks everything, and consumes in order until all is consumed. */
    static void all(Stage stage) throws Exception {
        System.setProperty("rocketmq.client.rebalance.waitInterval", "1000"); // not 20 s for a lock
        String topic = stage.text("topic");
        DefaultMQProducer producer = Clients.producer(stage, "sender");
        TopicScenarios.create(stage, producer, topic, 2);
        // a group for each topic: its members would divide all topics' queues among all of them
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, topic, "orderly");
        consumer.subscribe(topic, "*");
        Listener listener = Listener.orderly(stage, consumer, "orderly", message -> false);
        consumer.start();
        SendResult sent = send(stage, producer);
        ask(stage, producer, sent);
        poll(stage, sent.getMessageQueue());
        Reader.read(stage, topic, SENT);
        stage.until(SENT + " messages", () -> listener.count() >= SENT);
        stage.until("note of all that was consumed", listener::settled);
        consumer.shutdown();
        producer.shutdown();
    }

    /** Sync, async, one-way and a batch of two; what came of the first. */
    private static SendResult send(Stage stage, DefaultMQProducer producer) throws Exception {
        Message sync = message(stage, "sync");
        SendResult sent = producer.send(sync);
        Reports.sent(stage, sync, sent);
        Message async = message(stage, "async");
        CompletableFuture<SendResult> answer = new CompletableFuture<>();
        producer.send(
                async,
                new SendCallback() {
                    @Override
                    public void onSuccess(SendResult result) {
                        answer.complete(result);
                    }

                    @Override
                    public void onException(Throwable e) {
                        answer.completeExceptionally(e);
                    }
                });
        Reports.sent(stage, async, answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        producer.sendOneway(message(stage, "one-way"));
        List<Message> batch = List.of(message(stage, "batch-0"), message(stage, "batch-1"));
        Reports.sent(stage, batch.get(0), producer.send(batch));
        return sent;
    }

    @SuppressWarnings("deprecation") // the pull consumer is, yet tools still use it
    private static void ask(Stage stage, DefaultMQProducer producer, SendResult sent)
            throws Exception {
        MessageQueue queue = sent.getMessageQueue();
        String id = sent.getOffsetMsgId();
        MessageExt viewed = producer.viewMessage(queue.getTopic(), id);
        Reports.wholeMessage(stage, "viewer", viewed);
        DefaultMQPullConsumer consumer = Clients.pullConsumer(stage, "askers", "asker");
        stage.saw("offset", "of", "min", "offset", consumer.minOffset(queue));
        stage.until("the first message", () -> consumer.maxOffset(queue) > 0);
        long time = viewed.getStoreTimestamp();
        stage.saw("offset", "of", "the first", "offset", consumer.searchOffset(queue, time));
        stage.saw("offset", "of", "committed", "offset", consumer.fetchConsumeOffset(queue, true));
        consumer.shutdown();
    }

    private static void poll(Stage stage, MessageQueue queue) throws Exception {
        DefaultLitePullConsumer consumer = Clients.litePullConsumer(stage, "pollers", "poller");
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.start();
        consumer.assign(List.of(queue)); // a seek may be overtaken by the pull that this begins
        stage.until(
                "the first message",
                () -> {
                    List<MessageExt> messages = consumer.poll(100);
                    messages.forEach(message -> Reports.message(stage, "poller", message));
                    return !messages.isEmpty();
                });
        consumer.shutdown();
    }

    private static Message message(Stage stage, String body) {
        return new Message(stage.text("topic"), body.getBytes(StandardCharsets.UTF_8));
    }
}
