package bolide.client.producer;

import bolide.protocol.route.MessageQueue;

/**
 * Word from the broker that it has a message.
 *
 * @param messageId the unique id that the producer gave the message; consumers see it too
 * @param offsetMessageId the id by which the broker finds the message
 * @param queue where it lies
 * @param queueOffset its number in the queue
 * @param safety how safe it is there
 */
public record SendReceipt(
        String messageId,
        String offsetMessageId,
        MessageQueue queue,
        long queueOffset,
        Safety safety) {

    /** How far the broker got with making a message safe before it answered. */
    public enum Safety {
        /** As far as the broker is set to go. */
        AS_CONFIGURED,
        /** In the broker's memory; the disk did not confirm in time. */
        NOT_YET_ON_DISK,
        /** On one broker; a replica did not confirm in time. */
        NOT_YET_REPLICATED,
        /** On one broker, which has no replica at the moment. */
        WITHOUT_REPLICA
    }
}
