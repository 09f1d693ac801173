package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.impl.MQClientAPIImpl;
import org.apache.rocketmq.client.impl.factory.MQClientInstance;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Topics made by request, topics made by sending, and names that no topic may have. */
final class TopicScenarios {
    private static final String INSTANCE = "admin";
    private static final String TEMPLATE = "TBW102";
    private static final int SEND_MESSAGE_V2 = 310;
    private static final int SUCCESS = 0;
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
    static void create(Stage stage, DefaultMQProducer producer, String topic, int queues)
            throws Exception {
        stage.until( // the client gives up after six seconds, however busy the machine is
                topic,
                () -> {
                    Generation.createTopic(producer, TEMPLATE, topic, queues);
                    return true;
                });
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
        MQClientInstance client = producer.getDefaultMQProducerImpl().getMqClientFactory();
        MQClientAPIImpl api = client.getMQClientAPIImpl();
        String address = client.findBrokerAddressInPublish(broker);

        for (String name :
                List.of("with space", "dot.dot", "t".repeat(128), "SCHEDULE_TOPIC_XXXX")) {
            try {
                producer.send(new Message(name, good.getBody()));
                stage.saw("accepted", "what", "client " + name);
            } catch (MQClientException e) {
                Reports.refused(stage, "client " + name, e);
            }
            RemotingCommand answer =
                    api.getRemotingClient().invokeSync(address, send(name), TIMEOUT_MILLIS);
            if (answer.getCode() == SUCCESS) {
                stage.saw("accepted", "what", "send " + name);
            } else {
                Reports.refused(stage, "send " + name, answer.getCode(), answer.getRemark());
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

    /** A request to send to that topic, which no client of ours would make. */
    private static RemotingCommand send(String topic) {
        RemotingCommand request = RemotingCommand.createRequestCommand(SEND_MESSAGE_V2, null);
        HashMap<String, String> fields = new HashMap<>();
        fields.put("a", "producers");
        fields.put("b", topic);
        fields.put("c", TEMPLATE);
        fields.put("d", "4"); // queues of a topic that is made by this
        fields.put("e", "0"); // queue
        fields.put("f", "0"); // system flag
        fields.put("g", Long.toString(System.currentTimeMillis()));
        fields.put("h", "0"); // flag
        fields.put("j", "0"); // attempts
        fields.put("k", "false"); // unit mode
        fields.put("m", "false"); // batch
        request.setExtFields(fields);
        request.setBody("good".getBytes(StandardCharsets.UTF_8));
        return request;
    }
}
