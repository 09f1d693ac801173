package bolide.store.state;

import java.nio.ByteBuffer;

/// A queue's end as a fact of the state, for a queue whose last messages are not in the log any
/// more.
///
/// @param topic the queue's topic
/// @param queueId counted from 0
/// @param offset no later message of the queue has a smaller one
public record QueueEnd(String topic, int queueId, long offset) {
    private static final char SEPARATOR = '@'; // no name holds it

    public StateChange toChange() {
        return StateChange.put(
                StateKind.QUEUE_END,
                topic + SEPARATOR + queueId,
                ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
    }

    /// @return what [#toChange] made a change of
    public static QueueEnd decode(String key, byte[] value) {
        int separator = key.lastIndexOf(SEPARATOR);
        return new QueueEnd(
                key.substring(0, separator),
                Integer.parseInt(key.substring(separator + 1)),
                ByteBuffer.wrap(value).getLong());
    }
}
