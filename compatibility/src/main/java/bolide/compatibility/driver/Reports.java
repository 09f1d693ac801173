package bolide.compatibility.driver;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** How the official client's objects look in a report. */
final class Reports {
    private static final int LONGEST_BODY_SHOWN = 200;

    private Reports() {}

    /** Reports {@code sent}: what was sent, and where the server says it is. */
    static void sent(Stage stage, Message message, SendResult result) {
        stage.saw(
                "sent",
                "topic",
                result.getMessageQueue().getTopic(),
                "broker",
                result.getMessageQueue().getBrokerName(),
                "queue",
                result.getMessageQueue().getQueueId(),
                "offset",
                result.getQueueOffset(),
                "status",
                result.getSendStatus(),
                "id",
                result.getMsgId(),
                "offsetId",
                result.getOffsetMsgId(),
                "body",
                body(message.getBody()));
    }

    /** Reports {@code message}: what came out, and to whom. */
    static void message(Stage stage, String member, MessageExt message) {
        stage.saw("message", fields(member, message).toArray());
    }

    /** Reports {@code message} with all its properties, each as {@code property.NAME}. */
    static void wholeMessage(Stage stage, String member, MessageExt message) {
        List<Object> fields = fields(member, message);
        message.getProperties()
                .forEach((name, value) -> {
                    fields.add("property." + name);
                    fields.add(value);
                });
        stage.saw("message", fields.toArray());
    }

    /** Reports {@code refused}: the code and the server's words, or the client's own (code −1). */
    static void refused(Stage stage, String what, Exception refusal) {
        if (refusal instanceof MQBrokerException) {
            MQBrokerException broker = (MQBrokerException) refusal;
            refused(stage, what, broker.getResponseCode(), broker.getErrorMessage());
        } else if (refusal instanceof MQClientException) {
            MQClientException client = (MQClientException) refusal;
            saw(stage, what, "client", client.getResponseCode(), client.getErrorMessage());
        } else {
            saw(stage, what, "client", -1, refusal.toString());
        }
    }

    /** Reports {@code refused}: the server's code and words. */
    static void refused(Stage stage, String what, int code, String remark) {
        saw(stage, what, "server", code, remark);
    }

    /** A body as text if it is short, else its length and digest. */
    static String body(byte[] body) {
        if (body.length <= LONGEST_BODY_SHOWN) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return body.length + " bytes " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void saw(Stage stage, String what, String by, int code, String remark) {
        stage.saw("refused", "what", what, "by", by, "code", code, "remark", remark);
    }

    private static List<Object> fields(String member, MessageExt message) {
        return new ArrayList<>(
                List.of(
                        "member",
                        member,
                        "topic",
                        message.getTopic(),
                        "queue",
                        message.getQueueId(),
                        "offset",
                        message.getQueueOffset(),
                        "id",
                        message.getMsgId(),
                        "attempts",
                        message.getReconsumeTimes(),
                        "flag",
                        message.getFlag(),
                        "tags",
                        String.valueOf(message.getTags()),
                        "keys",
                        String.valueOf(message.getKeys()),
                        "bornHost",
                        message.getBornHostString() + ":" + bornPort(message),
                        "body",
                        body(message.getBody())));
    }

    private static int bornPort(MessageExt message) {
        return ((InetSocketAddress) message.getBornHost()).getPort();
    }
}
