package bolide.store.consumequeue;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.QueueTails;
import bolide.store.index.Chunk;
import bolide.store.index.Generation;
import bolide.store.index.IndexFiles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// All queues that have, or had, a message. The dispatcher adds, anybody looks up.
public final class ConsumeQueues {
    /// Is shown queues as they were at one position of the log.
    @FunctionalInterface
    public interface Visitor {
        /// @param lifeStart see [ConsumeQueue#lifeStart()]
        /// @param end one past the queue's last offset
        void queue(String topic, int queueId, long lifeStart, long end);
    }

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(ConsumeQueue[].class);

    private static final ConsumeQueue[] NONE = {};

    private final ConcurrentHashMap<String, ConsumeQueue[]> byTopic = new ConcurrentHashMap<>();
    private final IndexFiles files;
    private final LongSupplier logStart;

    // While a frozen generation is held: queues of its time whose topic was removed since. The list
    // guards itself.
    private final List<ConsumeQueue> removed = new ArrayList<>();
    private boolean isFrozenHeld;

    private int round; // of showing all queues; the checkpointer's

    /// @param logStart the log's first position, asked at any time
    public ConsumeQueues(IndexFiles files, LongSupplier logStart) {
        this.files = files;
        this.logStart = logStart;
    }

    /// @return the queue; empty when nothing was ever stored in it
    public Optional<ConsumeQueue> find(String topic, int queueId) {
        return Optional.ofNullable(get(topic, queueId));
    }

    /// Asks queues, and asks again after an index file was found damaged on the way and has been
    /// written anew from the log. Not for a thread that must not wait.
    ///
    /// @param question without effect until it knows the answer
    /// @throws bolide.store.index.DamagedIndexException when that does not help
    /// @throws bolide.store.file.StorageException when the disk refuses
    public <T> T mending(Supplier<T> question) {
        return files.mending(question);
    }

    private ConsumeQueue get(String topic, int queueId) {
        ConsumeQueue[] queues = byTopic.get(topic);
        return queues == null || queueId < 0 || queueId >= queues.length
                ? null
                : (ConsumeQueue) SLOT.getAcquire(queues, queueId);
    }

    /// @return the topic's queues that have, or had, a message
    public List<ConsumeQueue> of(String topic) {
        List<ConsumeQueue> found = new ArrayList<>();
        ConsumeQueue[] queues = byTopic.getOrDefault(topic, NONE);
        for (int i = 0; i < queues.length; i++) {
            ConsumeQueue queue = (ConsumeQueue) SLOT.getAcquire(queues, i);
            if (queue != null) {
                found.add(queue);
            }
        }
        return found;
    }

    /// Shows every queue as it is now.
    public void forEach(Consumer<ConsumeQueue> action) {
        for (ConsumeQueue[] queues : byTopic.values()) {
            for (int i = 0; i < queues.length; i++) {
                ConsumeQueue queue = (ConsumeQueue) SLOT.getAcquire(queues, i);
                if (queue != null) {
                    action.accept(queue);
                }
            }
        }
    }

    /// Shows each queue as of the end of a frozen generation, in no order; before the generation is
    /// said to be persisted. Only the checkpointer.
    public void forEachAt(Generation frozen, Visitor visitor) {
        round++;
        forEach(queue -> show(queue, frozen, visitor));
        List<ConsumeQueue> gone;
        synchronized (removed) { // some were met above before they were removed
            gone = List.copyOf(removed);
        }
        gone.forEach(queue -> show(queue, frozen, visitor));
    }

    private void show(ConsumeQueue queue, Generation frozen, Visitor visitor) {
        long end = queue.endAt(frozen);
        if (end >= 0 && queue.showIn(round)) {
            visitor.queue(queue.topic(), queue.queueId(), queue.lifeStart(), end);
        }
    }

    /// @return whether a record read from the log is a message that consumers may still see, or one
    ///   that never had a place in a queue
    public boolean shows(RecordView record) {
        if (!QueueTails.counts(record.sysFlag())) {
            return true;
        }
        ConsumeQueue queue = get(record.topicText(), record.queueId());
        return queue != null
                && record.position() >= queue.lifeStart()
                && record.queueOffset() >= queue.minOffset();
    }

    /// Adds a message. Only the dispatcher, or recovery.
    ///
    /// @param generation the present one
    /// @return the queue it belongs to
    public ConsumeQueue add(
            Generation generation,
            String topic,
            int queueId,
            long offset,
            long position,
            int size,
            long tagHash,
            long storeTimestamp) {
        ConsumeQueue queue = get(topic, queueId);
        if (queue == null) {
            queue = put(topic, queueId, position, offset);
            queue.beginLife(generation);
        }
        queue.add(generation, offset, position, size, tagHash, storeTimestamp);
        return queue;
    }

    /// The log says that the queue's next offset is at least this. Only the dispatcher, or
    /// recovery.
    ///
    /// @param generation the present one
    /// @param position where the log says so
    public void raiseEnd(
            Generation generation, String topic, int queueId, long end, long position) {
        ConsumeQueue queue = get(topic, queueId);
        if (queue == null) {
            put(topic, queueId, position, end).beginLife(generation);
        } else {
            queue.raiseEnd(generation, end);
        }
    }

    /// Brings back a queue as a snapshot knows it. Before anything is added.
    public void restore(String topic, int queueId, long lifeStart, long maxOffset) {
        put(topic, queueId, lifeStart, maxOffset);
    }

    private ConsumeQueue put(String topic, int queueId, long lifeStart, long maxOffset) {
        ConsumeQueue queue =
                new ConsumeQueue(topic, queueId, lifeStart, maxOffset, files, logStart);
        ConsumeQueue[] queues = byTopic.get(topic);
        if (queues == null || queueId >= queues.length) {
            queues =
                    queues == null
                            ? new ConsumeQueue[queueId + 1]
                            : Arrays.copyOf(
                                    queues,
                                    Math.max(queueId + 1, queues.length + queues.length / 2));
            SLOT.setRelease(queues, queueId, queue);
            byTopic.put(topic, queues);
        } else {
            SLOT.setRelease(queues, queueId, queue);
        }
        return queue;
    }

    /// The topic is gone, and its messages with it. Only the dispatcher, or recovery.
    ///
    /// @param generation the present one
    public void forget(Generation generation, String topic) {
        ConsumeQueue[] queues = byTopic.get(topic);
        if (queues == null) {
            return;
        }
        synchronized (removed) {
            for (ConsumeQueue queue : queues) {
                if (queue != null && queue.end(generation) && isFrozenHeld) {
                    removed.add(queue);
                }
            }
        }
        byTopic.remove(topic);
    }

    /// A generation was frozen. Only the dispatcher, or recovery.
    public void frozen() {
        synchronized (removed) {
            isFrozenHeld = true;
        }
    }

    /// The frozen generation is in a file now. Only the checkpointer.
    public void release(Generation persisted) {
        synchronized (removed) {
            removed.clear();
            isFrozenHeld = false;
        }
        for (Chunk chunk : persisted.chunks()) {
            ConsumeQueue queue = get(chunk.topic(), chunk.queueId());
            if (queue != null) {
                queue.release(chunk);
            }
        }
    }
}
