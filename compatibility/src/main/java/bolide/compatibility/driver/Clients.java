package bolide.compatibility.driver;

import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;

/**
 * Official clients that differ from their defaults only in name, address, heartbeat and patience.
 */
final class Clients {
    private static final int HEARTBEAT_MILLIS = 2000;
    private static final int PATIENCE_MILLIS = 15_000; // not 3 s: the machine may be busy

    private Clients() {}

    /** A started producer of an instance of its own. */
    static DefaultMQProducer producer(Stage stage, String instance) throws MQClientException {
        DefaultMQProducer producer = producer(stage, "producers", instance);
        producer.start();
        return producer;
    }

    /** A producer of that group and instance, not yet started. */
    static DefaultMQProducer producer(Stage stage, String group, String instance) {
        DefaultMQProducer producer = new DefaultMQProducer(group, Requests.SEEN);
        address(producer, stage, instance);
        producer.setSendMsgTimeout(PATIENCE_MILLIS);
        return producer;
    }

    /** A push consumer that starts at the first message, not yet started. */
    static DefaultMQPushConsumer pushConsumer(Stage stage, String group, String instance) {
        DefaultMQPushConsumer consumer =
                new DefaultMQPushConsumer(
                        group, Requests.SEEN, new AllocateMessageQueueAveragely());
        address(consumer, stage, instance);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        return consumer;
    }

    /** A lite pull consumer, not yet started. */
    static DefaultLitePullConsumer litePullConsumer(Stage stage, String group, String instance) {
        DefaultLitePullConsumer consumer = new DefaultLitePullConsumer(group, Requests.SEEN);
        address(consumer, stage, instance);
        return consumer;
    }

    /** A started pull consumer. */
    @SuppressWarnings("deprecation")
    static DefaultMQPullConsumer pullConsumer(Stage stage, String group, String instance)
            throws MQClientException {
        DefaultMQPullConsumer consumer = new DefaultMQPullConsumer(group, Requests.SEEN);
        address(consumer, stage, instance);
        consumer.start();
        return consumer;
    }

    private static void address(ClientConfig client, Stage stage, String instance) {
        client.setNamesrvAddr(stage.nameserver());
        client.setInstanceName(instance + "-" + ProcessHandle.current().pid());
        client.setMqClientApiTimeout(PATIENCE_MILLIS);
        // A heartbeat that finds another one under way is left out, and with it the version of the
        // subscriptions that the next pulls carry: they are refused (25) until the next heartbeat,
        // which by default is 30 s away.
        client.setHeartbeatBrokerInterval(HEARTBEAT_MILLIS);
    }
}
