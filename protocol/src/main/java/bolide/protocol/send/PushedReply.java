package bolide.protocol.send;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * A reply on its way from the broker to who waits for it: request 326.
 *
 * @param reply as it was sent
 * @param properties the reply's, and what the broker adds to them
 * @param bornHost address of who replies, {@code host:port}
 * @param storeHost address of the broker, {@code host:port}
 * @param storeTimestamp the broker's clock, milliseconds
 */
public record PushedReply(
        SendRequest reply,
        String properties,
        String bornHost,
        String storeHost,
        long storeTimestamp) {
    public Frame encode() {
        return Frame.request(
                RequestCode.PUSH_REPLY_MESSAGE_TO_CLIENT,
                Fields.builder()
                        .put("producerGroup", reply.producerGroup())
                        .put("topic", reply.topic())
                        .put("defaultTopic", reply.defaultTopic())
                        .put("defaultTopicQueueNums", reply.defaultTopicQueues())
                        .put("queueId", reply.queueId())
                        .put("sysFlag", reply.sysFlag())
                        .put("bornTimestamp", reply.bornTimestamp())
                        .put("flag", reply.flag())
                        .put("properties", properties)
                        .put("reconsumeTimes", reply.reconsumeTimes())
                        .put("unitMode", reply.unitMode())
                        .put("bornHost", bornHost)
                        .put("storeHost", storeHost)
                        .put("storeTimestamp", storeTimestamp)
                        .build(),
                reply.body());
    }
}
