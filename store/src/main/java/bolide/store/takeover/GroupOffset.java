package bolide.store.takeover;

/// How far a consumer group has come in a queue.
///
/// @param offset the first message it has not consumed
public record GroupOffset(String group, String topic, int queueId, long offset) {}
