package bolide.protocol.pull;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * A consumer's wish for the next messages of a queue: requests 11 and 361.
 *
 * @param group the consumer group
 * @param topic the topic
 * @param queueId the queue, counted from 0
 * @param queueOffset the first message wanted
 * @param maxMessages how many messages at most
 * @param sysFlag the bits below
 * @param commitOffset the offset to commit when the flag says so
 * @param suspendMillis how long the request may be held while there is nothing to give
 * @param subVersion the version of the subscription the consumer works with
 * @param subscription the filter expression, when the flag says that it is carried
 * @param expressionType TAG or SQL92
 * @param maxBytes how many bytes at most; 0: the broker decides
 */
public record PullRequest(
        String group,
        String topic,
        int queueId,
        long queueOffset,
        int maxMessages,
        int sysFlag,
        long commitOffset,
        long suspendMillis,
        long subVersion,
        String subscription,
        String expressionType,
        int maxBytes) {
    /** The offset that is carried along is to be committed. */
    public static final int COMMIT_OFFSET = 1;

    /** The request may be held while there is nothing to give. */
    public static final int SUSPEND = 2;

    /** The filter expression is carried along and counts instead of the group's. */
    public static final int SUBSCRIPTION = 4;

    /** The filter is a class; not supported. */
    public static final int CLASS_FILTER = 8;

    /** A pull consumer asks, not a push consumer. */
    public static final int LITE_PULL = 16;

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static PullRequest decode(Frame frame) {
        Fields fields = frame.fields();
        return new PullRequest(
                fields.text("consumerGroup"),
                fields.text("topic"),
                fields.integer("queueId"),
                fields.number("queueOffset"),
                fields.integer("maxMsgNums"),
                fields.integer("sysFlag"),
                fields.number("commitOffset"),
                fields.number("suspendTimeoutMillis"),
                fields.number("subVersion"),
                fields.text("subscription", ""),
                fields.text("expressionType", "TAG"),
                fields.integer("maxMsgBytes", 0));
    }

    public Frame encode() {
        Fields.Builder fields =
                Fields.builder()
                        .put("consumerGroup", group)
                        .put("topic", topic)
                        .put("queueId", queueId)
                        .put("queueOffset", queueOffset)
                        .put("maxMsgNums", maxMessages)
                        .put("sysFlag", sysFlag)
                        .put("commitOffset", commitOffset)
                        .put("suspendTimeoutMillis", suspendMillis)
                        .put("subVersion", subVersion)
                        .put("expressionType", expressionType);
        if (!subscription.isEmpty()) {
            fields.put("subscription", subscription);
        }
        if (maxBytes > 0) {
            fields.put("maxMsgBytes", maxBytes);
        }
        return Frame.request(RequestCode.PULL_MESSAGE, fields.build());
    }

    /**
     * @return whether all of these bits are set
     */
    public boolean has(int bits) {
        return (sysFlag & bits) == bits;
    }
}
