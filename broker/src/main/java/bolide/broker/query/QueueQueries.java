package bolide.broker.query;

import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.offset.QueueRequest;
import bolide.protocol.offset.SearchOffset;
import bolide.remoting.Caller;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Answers questions about one queue: its ends, and which offset belongs to a time.
public final class QueueQueries {
    private static final long NO_TIME = -1;

    private final Topics topics;
    private final ConsumeQueues queues;

    public QueueQueries(Topics topics, ConsumeQueues queues) {
        this.topics = topics;
        this.queues = queues;
    }

    public NumberResult maxOffset(QueueRequest request, Caller caller) {
        return ask(request.topic(), request.queueId(), ConsumeQueue::maxOffset, 0);
    }

    public NumberResult minOffset(QueueRequest request, Caller caller) {
        return ask(request.topic(), request.queueId(), ConsumeQueue::minOffset, 0);
    }

    /// The store time of the queue's first message, milliseconds; -1 when it has none.
    public NumberResult earliestTime(QueueRequest request, Caller caller) {
        return ask(
                request.topic(),
                request.queueId(),
                queue -> {
                    Entry first = new Entry();
                    return queue.read(queue.minOffset(), first) ? first.storeTimestamp() : NO_TIME;
                },
                NO_TIME);
    }

    public NumberResult offsetAt(SearchOffset request, Caller caller) {
        ConsumeQueue.Boundary boundary =
                switch (request.boundary()) {
                    case LOWER -> ConsumeQueue.Boundary.LOWER;
                    case UPPER -> ConsumeQueue.Boundary.UPPER;
                };
        return ask(
                request.topic(),
                request.queueId(),
                queue -> queue.offsetAt(request.timestamp(), boundary),
                0);
    }

    private NumberResult ask(
            String topic, int queueId, ToLongFunction<ConsumeQueue> question, long ofEmpty) {
        if (topics.existing(topic, queueId) instanceof TopicLookup.Refused refused) {
            return new NumberResult.Refused(refused.refusal());
        }
        Optional<ConsumeQueue> queue = queues.find(topic, queueId);
        return new NumberResult.Found(
                queue.isEmpty()
                        ? ofEmpty
                        : queues.mending(() -> question.applyAsLong(queue.get())));
    }

    /// An answer that is one number.
    public sealed interface NumberResult {
        record Found(long number) implements NumberResult {}

        record Refused(Refusal refusal) implements NumberResult {}
    }
}
