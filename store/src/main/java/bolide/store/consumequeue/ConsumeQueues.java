package bolide.store.consumequeue;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All queues that have, or had, a message. The dispatcher adds, anybody looks up.
public final class ConsumeQueues {
    private final ConcurrentHashMap<String, ConsumeQueue[]> byTopic = new ConcurrentHashMap<>();

    /// @return the queue; empty when nothing was ever stored in it
    public Optional<ConsumeQueue> find(String topic, int queueId) {
        ConsumeQueue[] queues = byTopic.get(topic);
        return queues == null || queueId < 0 || queueId >= queues.length
                ? Optional.empty()
                : Optional.ofNullable(queues[queueId]);
    }

    /// Adds a message. Only the dispatcher, or recovery.
    ///
    /// @return the queue it belongs to
    public ConsumeQueue add(
            String topic,
            int queueId,
            long offset,
            long position,
            int size,
            long tagHash,
            long storeTimestamp) {
        ConsumeQueue[] queues = byTopic.get(topic);
        if (queues == null || queueId >= queues.length) {
            queues =
                    queues == null
                            ? new ConsumeQueue[queueId + 1]
                            : Arrays.copyOf(queues, queueId + 1);
            byTopic.put(topic, queues);
        }
        ConsumeQueue queue = queues[queueId];
        if (queue == null) {
            queue = new ConsumeQueue(topic, queueId, offset);
            queues = queues.clone(); // readers see the old array or the whole new one
            queues[queueId] = queue;
            byTopic.put(topic, queues);
        }
        queue.add(offset, position, size, tagHash, storeTimestamp);
        return queue;
    }

    /// The topic is gone, and its messages with it. Only the dispatcher, or recovery.
    public void forget(String topic) {
        byTopic.remove(topic);
    }
}
