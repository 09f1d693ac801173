package bolide.store.takeover;

/// Where a queue ends whose last messages are not in the log any more.
///
/// @param offset the offset behind its last message
public record QueueEnd(String topic, int queueId, long offset) {}
