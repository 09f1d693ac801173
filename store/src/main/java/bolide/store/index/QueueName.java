package bolide.store.index;

import java.nio.charset.StandardCharsets;

/// A queue as index files know it.
public final class QueueName {
    private final byte[] topic;
    private final int queueId;
    private final long hash;

    public QueueName(String topic, int queueId) {
        this.topic = topic.getBytes(StandardCharsets.UTF_8);
        this.queueId = queueId;
        this.hash = KeyHash.ofQueue(KeyHash.ofTopic(this.topic), queueId);
    }

    byte[] topic() {
        return topic;
    }

    int queueId() {
        return queueId;
    }

    long hash() {
        return hash;
    }
}
