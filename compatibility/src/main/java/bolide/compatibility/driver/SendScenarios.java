package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * The ways to send: each sends {@code count} bodies {@code <prefix><number>} to {@code topic},
 * reports what came of it and reads everything back.
 */
final class SendScenarios {
    private static final String INSTANCE = "sender";

    private SendScenarios() {}

    static void sync(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        for (Message message : messages(stage)) {
            Reports.sent(stage, message, producer.send(message));
        }
        readBack(stage);
    }

    static void async(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        AtomicInteger answered = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Message> messages = messages(stage);
        for (Message message : messages) {
            producer.send(
                    message,
                    new SendCallback() {
                        @Override
                        public void onSuccess(SendResult result) {
                            Reports.sent(stage, message, result);
                            answered.incrementAndGet();
                        }

                        @Override
                        public void onException(Throwable e) {
                            failure.set(e);
                        }
                    });
        }
        stage.until(
                "an answer to each send",
                () -> answered.get() == messages.size() || failure.get() != null);
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        readBack(stage);
    }

    static void oneWay(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        for (Message message : messages(stage)) {
            producer.sendOneway(message);
        }
        readBack(stage);
    }

    static void batch(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        List<Message> messages = messages(stage);
        for (Message message : messages) {
            message.setTags("Tag" + text(message));
            message.setKeys("key-" + text(message));
        }
        SendResult result = producer.send(messages);
        Reports.sent(stage, messages.get(0), result);
        readBack(stage);
    }

    static void toQueue(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        Message first = new Message(stage.text("topic"), "first".getBytes(StandardCharsets.UTF_8));
        SendResult made = producer.send(first); // makes the topic
        Reports.sent(stage, first, made);
        MessageQueue queue =
                new MessageQueue(
                        stage.text("topic"),
                        made.getMessageQueue().getBrokerName(),
                        stage.number("queue", 0));
        for (Message message : messages(stage)) {
            Reports.sent(stage, message, producer.send(message, queue));
        }
        Reader.read(stage, stage.text("topic"), count(stage) + 1);
    }

    static void bySelector(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        MessageQueueSelector byKey =
                (queues, message, key) -> queues.get((Integer) key % queues.size());
        for (int i = 0; i < count(stage); i++) {
            Message message = message(stage, i);
            int key = i % 7;
            message.setKeys("key-" + key);
            Reports.sent(stage, message, producer.send(message, byKey, key));
        }
        readBack(stage);
    }

    /** Sends at {@code rate} a second until the test says stop, through whatever goes wrong. */
    static void untilTold(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        if (stage.number("queues", 0) > 0) {
            TopicScenarios.create(stage, producer, stage.text("topic"), stage.number("queues", 0));
        }
        Duration pause = Duration.ofSeconds(1).dividedBy(stage.number("rate", 100));
        stage.print(Report.plain("at", "sending"));
        for (int i = 0; !stage.cued(); i++) {
            Message message = message(stage, i);
            try {
                Reports.sent(stage, message, producer.send(message));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                Reports.refused(stage, text(message), e);
            }
            stage.linger(pause);
        }
    }

    private static void readBack(Stage stage) throws Exception {
        Reader.read(stage, stage.text("topic"), count(stage));
    }

    private static List<Message> messages(Stage stage) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count(stage); i++) {
            messages.add(message(stage, i));
        }
        return messages;
    }

    private static Message message(Stage stage, int number) {
        String body = stage.text("prefix", "") + number;
        return new Message(stage.text("topic"), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Message message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }

    private static int count(Stage stage) {
        return stage.number("count", 20);
    }
}
