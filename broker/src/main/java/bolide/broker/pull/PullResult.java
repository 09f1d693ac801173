package bolide.broker.pull;

import bolide.broker.refusal.Refusal;
import bolide.protocol.pull.PullResponse;
import bolide.store.commitlog.LogSlices;

/// What a pull brings.
public sealed interface PullResult {
    /// Messages; whoever sends them releases the slices.
    ///
    /// @param count how many messages
    record Found(PullResponse response, LogSlices messages, int count) implements PullResult {}

    /// Nothing there, even after waiting.
    record NothingNew(PullResponse response) implements PullResult {}

    /// Messages, but none that the filter lets through.
    record NoneMatched(PullResponse response) implements PullResult {}

    /// The offset is not one of the queue's; the response says where to go on.
    record OffsetMoved(PullResponse response) implements PullResult {}

    record Refused(Refusal refusal) implements PullResult {}
}
