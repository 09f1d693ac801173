package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;

/** What may be inside a message, and how large it may be. */
final class BodyScenarios {
    private static final String INSTANCE = "sender";
    private static final int LARGEST = 4 * 1024 * 1024;

    private BodyScenarios() {}

    /** Keys, tag, flag, properties and body beyond ASCII; an empty property map; a long text. */
    static void roundTrip(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        String topic = stage.text("topic");

        Message rich = new Message(topic, "Étiquette", "clé-1 鍵-2", utf8("雪 \uD83D\uDE80 body"));
        rich.setFlag(-7);
        rich.putUserProperty("city", "東京");
        rich.putUserProperty("名前", "café \uD83D\uDE80");
        rich.putUserProperty("json", "{\"a\": [1, 'b'], \"c\": \"\\\\\"}");
        Reports.sent(stage, rich, producer.send(rich));

        Message bare = new Message(topic, utf8("bare"));
        Reports.sent(stage, bare, producer.send(bare));

        Message compressed = new Message(topic, utf8("all work and no play ".repeat(1000)));
        String body = Reports.body(compressed.getBody());
        stage.saw("compressed", "body", body);
        producer.send(compressed); // the client replaces the body while it sends
        Reader.read(stage, topic, 3);
    }

    /** A body of the largest size, one that is a byte larger, and a small one thereafter. */
    static void largest(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        producer.setMaxMessageSize(Integer.MAX_VALUE);
        producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);
        producer.setSendMsgTimeout(15_000);
        String topic = stage.text("topic");
        byte[] body = new byte[LARGEST];
        new Random(stage.number("seed", 1)).nextBytes(body);

        Message before = new Message(topic, utf8("before"));
        Reports.sent(stage, before, producer.send(before));
        Message largest = new Message(topic, body);
        Reports.sent(stage, largest, producer.send(largest));
        try {
            producer.send(new Message(topic, new byte[LARGEST + 1]));
        } catch (MQBrokerException e) {
            Reports.refused(stage, "one byte more", e);
        }
        Message after = new Message(topic, utf8("after"));
        Reports.sent(stage, after, producer.send(after));
        Reader.read(stage, topic, 3);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
