package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.RequestCallback;
import org.apache.rocketmq.client.utils.MessageUtil;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Requests that wait for a reply, and a reply that nobody waits for. */
final class ReplyScenarios {
    private static final int TIMEOUT_MILLIS = 20_000;

    private ReplyScenarios() {}

    /** Asks twice and waits, asks once and is called back, and replies to nobody. */
    static void replies(Stage stage) throws Exception {
        String topic = stage.text("topic");
        DefaultMQProducer requester = Clients.producer(stage, "requester");
        DefaultMQProducer replier = Clients.producer(stage, "replier");
        TopicScenarios.create(stage, requester, topic, 2);
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, topic, "responder");
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener(
                (MessageListenerConcurrently)
                        (messages, context) -> {
                            messages.forEach(message -> reply(stage, replier, message));
                            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
                        });
        consumer.start();
        saw(stage, waitedFor(requester, message(topic, "first")));
        saw(stage, waitedFor(requester, message(topic, "second")));
        saw(stage, calledBack(requester, message(topic, "third")));
        replyToNobody(stage, replier, message(topic, "stray"));
        consumer.shutdown();
    }

    /** Clients 5.3.3 stop waiting when the request is sent, as with Apache's own server. */
    private static Message waitedFor(DefaultMQProducer requester, Message request)
            throws Exception {
        return Generation.name().equals("V5_3_3")
                ? calledBack(requester, request)
                : requester.request(request, TIMEOUT_MILLIS);
    }

    private static Message calledBack(DefaultMQProducer requester, Message request)
            throws Exception {
        CompletableFuture<Message> reply = new CompletableFuture<>();
        requester.request(
                request,
                new RequestCallback() {
                    @Override
                    public void onSuccess(Message message) {
                        if (message != null) { // null says that the request was sent
                            reply.complete(message);
                        }
                    }

                    @Override
                    public void onException(Throwable e) {
                        reply.completeExceptionally(e);
                    }
                },
                TIMEOUT_MILLIS);
        return reply.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void reply(Stage stage, DefaultMQProducer replier, MessageExt request) {
        byte[] body = ("re: " + body(request)).getBytes(StandardCharsets.UTF_8);
        try {
            Message reply = MessageUtil.createReplyMessage(request, body);
            Reports.sent(stage, reply, replier.send(reply));
        } catch (MQClientException
                | MQBrokerException
                | RemotingException
                | InterruptedException e) { // then the requester waits in vain: the scenario fails
            Reports.refused(stage, "reply", e);
        }
    }

    private static void replyToNobody(Stage stage, DefaultMQProducer replier, Message request)
            throws Exception {
        MessageAccessor.putProperty(
                request, MessageConst.PROPERTY_CLUSTER, stage.text("cluster", "DefaultCluster"));
        MessageAccessor.putProperty(request, MessageConst.PROPERTY_CORRELATION_ID, "c");
        MessageAccessor.putProperty(request, MessageConst.PROPERTY_MESSAGE_REPLY_TO_CLIENT, "gone");
        MessageAccessor.putProperty(request, MessageConst.PROPERTY_MESSAGE_TTL, "3000");
        byte[] body = "re: stray".getBytes(StandardCharsets.UTF_8);
        try {
            replier.send(MessageUtil.createReplyMessage(request, body));
        } catch (MQBrokerException | MQClientException e) {
            Reports.refused(stage, "stray", e);
        }
    }

    private static void saw(Stage stage, Message reply) {
        stage.saw(
                "reply",
                "topic",
                reply.getTopic(),
                "pushed",
                reply.getProperties().containsKey(MessageConst.PROPERTY_PUSH_REPLY_TIME),
                "type",
                String.valueOf(reply.getProperty(MessageConst.PROPERTY_MESSAGE_TYPE)),
                "body",
                body(reply));
    }

    private static String body(Message message) {
        return Reports.body(message.getBody());
    }

    private static Message message(String topic, String body) {
        return new Message(topic, body.getBytes(StandardCharsets.UTF_8));
    }
}
