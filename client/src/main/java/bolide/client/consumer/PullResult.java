package bolide.client.consumer;

import java.util.List;

/**
 * What came of a pull.
 *
 * @param status what it is
 * @param messages the messages, in order; none unless found, and none of a tag not wanted
 * @param nextOffset the offset to ask for next
 * @param minOffset the queue's first readable offset
 * @param maxOffset one past the queue's last readable offset
 * @param bytes what the messages take in memory, roughly
 */
public record PullResult(
        Status status,
        List<ReceivedMessage> messages,
        long nextOffset,
        long minOffset,
        long maxOffset,
        int bytes) {

    /** How a pull may end. */
    public enum Status {
        FOUND,
        /** There is nothing at the offset yet. */
        NOTHING_NEW,
        /** There is something, but nothing that is wanted, up to the next offset. */
        NOTHING_MATCHED,
        /** The offset is outside the queue; the next offset is the nearest one inside. */
        OFFSET_MOVED
    }
}
