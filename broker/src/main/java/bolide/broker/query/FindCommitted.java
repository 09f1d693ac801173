package bolide.broker.query;

import bolide.broker.offset.Offsets;
import bolide.broker.refusal.Refusal;
import bolide.protocol.offset.CommittedOffset;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Caller;
import bolide.store.commitlog.CommitLog;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import java.util.Optional;
import java.util.OptionalLong;

/// Tells a group where it left off in a queue. A group that never said gets 0 for a queue whose
/// first message is still there and in memory, as consumers of RocketMQ are used to; elsewhere it
/// decides itself where to begin.
public final class FindCommitted {
    private final Offsets offsets;
    private final ConsumeQueues queues;
    private final CommitLog log;
    private final long hotBytes;

    /// @param hotBytes what lies within so many bytes of the log's end is taken to be in memory
    public FindCommitted(Offsets offsets, ConsumeQueues queues, CommitLog log, long hotBytes) {
        this.offsets = offsets;
        this.queues = queues;
        this.log = log;
        this.hotBytes = hotBytes;
    }

    public QueueQueries.NumberResult handle(CommittedOffset request, Caller caller) {
        OptionalLong known = offsets.find(request.group(), request.topic(), request.queueId());
        if (known.isPresent()) {
            return new QueueQueries.NumberResult.Found(known.getAsLong());
        }
        if (request.zeroIfNotFound() && beginsInMemory(request)) {
            return new QueueQueries.NumberResult.Found(0);
        }
        return new QueueQueries.NumberResult.Refused(
                Refusal.of(
                        Refusal.Reason.NO_OFFSET,
                        "consumer group "
                                + Excerpt.of(request.group())
                                + " has not committed an offset in "
                                + Excerpt.of(request.topic())
                                + "@"
                                + request.queueId()));
    }

    private boolean beginsInMemory(CommittedOffset request) {
        Optional<ConsumeQueue> queue = queues.find(request.topic(), request.queueId());
        if (queue.isEmpty()) {
            return true;
        }
        Entry first = new Entry();
        return queues.mending(() -> queue.get().minOffset() == 0 && queue.get().read(0, first))
                && log.appender().appended().get() - first.position() <= hotBytes;
    }
}
