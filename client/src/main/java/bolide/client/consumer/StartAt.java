package bolide.client.consumer;

import bolide.protocol.group.ConsumerData;

/** Where a group begins in a queue that it has never read. */
public enum StartAt {
    /** With the first message that is still there. */
    FIRST(ConsumerData.FROM_FIRST),
    /**
     * With the messages that come after the consumer has started; of a queue that comes into being
     * later with its first.
     */
    LAST(ConsumerData.FROM_LAST);

    private final String wireName;

    StartAt(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
