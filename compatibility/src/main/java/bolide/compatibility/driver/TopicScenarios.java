package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.hook.SendMessageContext;
import org.apache.rocketmq.client.impl.CommunicationMode;
import org.apache.rocketmq.client.impl.MQClientAPIImpl;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeader;

/** Topics made by request, topics made by sending, and names that no topic may have. */
final class TopicScenarios {
    private static final String INSTANCE = "admin";
    private static final String TEMPLATE = "TBW102";
    private static final long TIMEOUT_MILLIS = 3000;

    private TopicScenarios() {}

    /** Makes {@code topic} with {@code queues} queues and sends to each of them. */
    static void create(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        String topic = stage.text("topic");
        int queues = stage.number("queues", 3);
        create(stage, producer, topic, queues);
        for (MessageQueue queue : producer.fetchPublishMessageQueues(topic)) {
            Message message =
                    new Message(
                            topic, ("for-" + queue.getQueueId()).getBytes(StandardCharsets.UTF_8));
            Reports.sent(stage, message, producer.send(message, queue));
        }
        Reader.read(stage, topic, queues);
    }

    /** Makes the topic and waits until its route shows; reports {@code topic}. */
    @SuppressWarnings("deprecation") // the client's only way to make one without Apache's tools
    static void create(Stage stage, DefaultMQProducer producer, String topic, int queues)
            throws Exception {
        producer.createTopic(TEMPLATE, topic, queues, Map.of());
        stage.until(
                "a route with " + queues + " queues of " + topic,
                () -> producer.fetchPublishMessageQueues(topic).size() == queues);
        stage.saw("topic", "topic", topic, "queues", queues);
    }

    /** Sends to and creates topics of illegal names, past the client's own check. */
    @SuppressWarnings("deprecation") // no other way past that check
    static void illegal(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, INSTANCE);
        Message good = new Message(stage.text("topic"), "good".getBytes(StandardCharsets.UTF_8));
        SendResult made = producer.send(good);
        Reports.sent(stage, good, made);
        String broker = made.getMessageQueue().getBrokerName();
        MQClientAPIImpl api =
                producer.getDefaultMQProducerImpl().getMqClientFactory().getMQClientAPIImpl();
        String address =
                api.getTopicRouteInfoFromNameServer(good.getTopic(), TIMEOUT_MILLIS)
                        .getBrokerDatas()
                        .get(0)
                        .selectBrokerAddr();

        for (String name :
                List.of("with space", "dot.dot", "t".repeat(128), "SCHEDULE_TOPIC_XXXX")) {
            try {
                producer.send(new Message(name, good.getBody()));
                stage.saw("accepted", "what", "client " + name);
            } catch (MQClientException e) {
                Reports.refused(stage, "client " + name, e);
            }
            try {
                Message message = new Message(name, good.getBody());
                api.sendMessage(
                        address,
                        broker,
                        message,
                        header(message),
                        TIMEOUT_MILLIS,
                        CommunicationMode.SYNC,
                        new SendMessageContext(),
                        producer.getDefaultMQProducerImpl());
                stage.saw("accepted", "what", "send " + name);
            } catch (Exception e) {
                Reports.refused(stage, "send " + name, e);
            }
            try {
                api.createTopic(address, TEMPLATE, new TopicConfig(name), TIMEOUT_MILLIS);
                stage.saw("accepted", "what", "create " + name);
            } catch (Exception e) {
                Reports.refused(stage, "create " + name, e);
            }
        }
        Message again = new Message(stage.text("topic"), "again".getBytes(StandardCharsets.UTF_8));
        Reports.sent(stage, again, producer.send(again));
    }

    private static SendMessageRequestHeader header(Message message) {
        SendMessageRequestHeader header = new SendMessageRequestHeader();
        header.setProducerGroup("producers");
        header.setTopic(message.getTopic());
        header.setDefaultTopic(TEMPLATE);
        header.setDefaultTopicQueueNums(4);
        header.setQueueId(0);
        header.setSysFlag(0);
        header.setBornTimestamp(System.currentTimeMillis());
        header.setFlag(0);
        header.setProperties(MessageDecoder.messageProperties2String(message.getProperties()));
        header.setReconsumeTimes(0);
        header.setUnitMode(false);
        header.setBatch(false);
        return header;
    }
}
