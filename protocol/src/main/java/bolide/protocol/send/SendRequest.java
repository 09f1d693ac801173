package bolide.protocol.send;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A producer's wish to store one message or a batch: requests 10, 310 and 320; or to hand a reply
 * to who waits for it: 324 and 325. 310, 320 and 325 name their fields by single letters.
 *
 * @param producerGroup the producer's group
 * @param topic where to
 * @param defaultTopic the topic to take as a pattern when {@code topic} does not exist
 * @param defaultTopicQueues how many queues the producer wants in that case
 * @param queueId the queue; negative: the broker chooses
 * @param sysFlag see {@link bolide.protocol.message.SysFlag}
 * @param bornTimestamp the producer's clock, milliseconds
 * @param flag the application's number
 * @param properties in UTF-8 from position to limit, see {@link
 *     bolide.protocol.message.MessageProperties}
 * @param reconsumeTimes how often the message has been delivered in vain
 * @param unitMode whether the producer belongs to a unit
 * @param maxReconsumeTimes deliveries after which a message to a retry topic is given up; -1: the
 *     group decides
 * @param batch whether the body is a {@link bolide.protocol.message.BatchBody}
 * @param body the message's body, or the batch
 */
public record SendRequest(
        String producerGroup,
        String topic,
        String defaultTopic,
        int defaultTopicQueues,
        int queueId,
        int sysFlag,
        long bornTimestamp,
        int flag,
        ByteBuffer properties,
        int reconsumeTimes,
        boolean unitMode,
        int maxReconsumeTimes,
        boolean batch,
        ByteBuffer body) {
    private static final int GROUP_DECIDES = -1;

    /** With properties as text. */
    public SendRequest(
            String producerGroup,
            String topic,
            String defaultTopic,
            int defaultTopicQueues,
            int queueId,
            int sysFlag,
            long bornTimestamp,
            int flag,
            String properties,
            int reconsumeTimes,
            boolean unitMode,
            int maxReconsumeTimes,
            boolean batch,
            ByteBuffer body) {
        this(
                producerGroup,
                topic,
                defaultTopic,
                defaultTopicQueues,
                queueId,
                sysFlag,
                bornTimestamp,
                flag,
                ByteBuffer.wrap(properties.getBytes(StandardCharsets.UTF_8)),
                reconsumeTimes,
                unitMode,
                maxReconsumeTimes,
                batch,
                body);
    }

    /**
     * @param frame one of those requests; whether it is a batch says its field, not its code
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static SendRequest decode(Frame frame) {
        return switch (frame.code()) {
            case RequestCode.SEND_MESSAGE, RequestCode.SEND_REPLY_MESSAGE -> decodeLong(frame);
            default -> decodeShort(frame);
        };
    }

    private static SendRequest decodeLong(Frame frame) {
        Fields fields = frame.fields();
        return new SendRequest(
                fields.text("producerGroup"),
                fields.text("topic"),
                fields.text("defaultTopic"),
                fields.integer("defaultTopicQueueNums"),
                fields.integer("queueId"),
                fields.integer("sysFlag"),
                fields.number("bornTimestamp"),
                fields.integer("flag"),
                fields.utf8("properties"),
                fields.integer("reconsumeTimes", 0),
                fields.truth("unitMode", false),
                fields.integer("maxReconsumeTimes", GROUP_DECIDES),
                fields.truth("batch", false),
                frame.body());
    }

    private static SendRequest decodeShort(Frame frame) {
        Fields fields = frame.fields();
        return new SendRequest(
                fields.text("a"),
                fields.text("b"),
                fields.text("c"),
                fields.integer("d"),
                fields.integer("e"),
                fields.integer("f"),
                fields.number("g"),
                fields.integer("h"),
                fields.utf8("i"),
                fields.integer("j", 0),
                fields.truth("k", false),
                fields.integer("l", GROUP_DECIDES),
                fields.truth("m", frame.code() == RequestCode.SEND_BATCH_MESSAGE),
                frame.body());
    }

    /**
     * @return the properties as text
     */
    public String propertyText() {
        return StandardCharsets.UTF_8.decode(properties.duplicate()).toString();
    }

    /**
     * @return the request as 310, or 320 for a batch
     */
    public Frame encode() {
        Fields.Builder fields =
                Fields.builder()
                        .put("a", producerGroup)
                        .put("b", topic)
                        .put("c", defaultTopic)
                        .put("d", defaultTopicQueues)
                        .put("e", queueId)
                        .put("f", sysFlag)
                        .put("g", bornTimestamp)
                        .put("h", flag)
                        .put("i", propertyText())
                        .put("j", reconsumeTimes)
                        .put("k", unitMode)
                        .put("m", batch);
        if (maxReconsumeTimes != GROUP_DECIDES) {
            fields.put("l", maxReconsumeTimes);
        }
        return Frame.request(
                batch ? RequestCode.SEND_BATCH_MESSAGE : RequestCode.SEND_MESSAGE_V2,
                fields.build(),
                body);
    }
}
