package bolide.broker.send;

import bolide.broker.refusal.Refusal;

/// What became of a sent message, or batch.
public sealed interface SendResult {
    /// @param positions where the records lie
    /// @param queueId the queue, counted from 0
    /// @param queueOffset the first message's number in the queue
    /// @param uniqueKey the message's unique key, empty for a batch
    record Stored(long[] positions, int queueId, long queueOffset, String uniqueKey)
            implements SendResult {}

    record Refused(Refusal refusal) implements SendResult {}
}
