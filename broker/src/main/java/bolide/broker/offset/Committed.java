package bolide.broker.offset;

/// How far a group has come in one queue.
///
/// @param offset the first message that it has not consumed
public record Committed(String topic, int queueId, long offset) {}
