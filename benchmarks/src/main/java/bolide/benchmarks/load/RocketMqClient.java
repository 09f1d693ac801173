package bolide.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/// Apache's client with its defaults, but that it is patient and does not send twice.
final class RocketMqClient implements Client {
    private static final String TEMPLATE = "TBW102";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 2_000; // one that is left out costs no half minute

    private final String address;
    private final DefaultMQProducer producer = new DefaultMQProducer("bench-producers");

    RocketMqClient(String address) throws Exception {
        this.address = address;
        producer.setNamesrvAddr(address);
        producer.setSendMsgTimeout(TIMEOUT_MILLIS);
        producer.setRetryTimesWhenSendFailed(0);
        producer.setRetryTimesWhenSendAsyncFailed(0);
        producer.start();
    }

    @Override
    @SuppressWarnings("deprecation") // the client's only way to make one without Apache's tools
    public void createTopic(String topic, int queues) throws Exception {
        producer.createTopic(TEMPLATE, topic, queues, Map.of());
        int there = producer.fetchPublishMessageQueues(topic).size();
        if (there != queues) {
            throw new IllegalStateException(topic + " has " + there + " queues, not " + queues);
        }
    }

    @Override
    public void send(String topic, String tag, byte[] body) throws Exception {
        check(producer.send(new Message(topic, tag, body)));
    }

    @Override
    public void send(String topic, String tag, byte[] body, Answer answer) throws Exception {
        producer.send(
                new Message(topic, tag, body),
                new SendCallback() {
                    @Override
                    public void onSuccess(SendResult result) {
                        answer.acknowledged();
                    }

                    @Override
                    public void onException(Throwable failure) {
                        answer.failed(failure);
                    }
                });
    }

    @Override
    public void sendBatch(String topic, String[] tags, byte[] body) throws Exception {
        List<Message> batch = new ArrayList<>(tags.length);
        for (String tag : tags) {
            batch.add(new Message(topic, tag, body));
        }
        check(producer.send(batch));
    }

    private static void check(SendResult result) {
        if (result.getSendStatus() != SendStatus.SEND_OK) {
            throw new IllegalStateException("a message ended as " + result.getSendStatus());
        }
    }

    @Override
    public AutoCloseable consume(
            String topic, String group, String tag, boolean ordered, Arrival arrival)
            throws Exception {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(address);
        consumer.setHeartbeatBrokerInterval(HEARTBEAT_MILLIS);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(topic, tag);
        if (ordered) {
            consumer.registerMessageListener(
                    (MessageListenerOrderly)
                            (messages, context) -> {
                                tell(messages, arrival);
                                return ConsumeOrderlyStatus.SUCCESS;
                            });
        } else {
            consumer.registerMessageListener(
                    (MessageListenerConcurrently)
                            (messages, context) -> {
                                tell(messages, arrival);
                                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
                            });
        }
        consumer.start();
        return consumer::shutdown;
    }

    private static void tell(List<MessageExt> messages, Arrival arrival) {
        for (MessageExt message : messages) {
            arrival.arrived(message.getBody());
        }
    }

    @Override
    public void close() {
        producer.shutdown();
    }
}
