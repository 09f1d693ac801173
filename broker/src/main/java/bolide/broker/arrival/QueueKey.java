package bolide.broker.arrival;

/// A queue by name, whether or not it has a message yet.
public record QueueKey(String topic, int queueId) {}
