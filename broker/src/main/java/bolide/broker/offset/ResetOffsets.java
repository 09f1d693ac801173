package bolide.broker.offset;

import bolide.broker.arrival.Arrivals;
import bolide.broker.arrival.QueueKey;
import bolide.broker.group.GroupLookup;
import bolide.broker.group.Groups;
import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.offset.ResetOffset;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.BlockingHandler;
import bolide.remoting.Caller;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sends a group to another place in a topic; answers with its new offsets when they are safe.
/// Members learn of it with their next pull of each queue, those that wait for messages at once.
public final class ResetOffsets
        implements BlockingHandler<ResetOffset, Outcome<SortedMap<MessageQueue, Long>>> {
    private final Offsets offsets;
    private final Groups groups;
    private final Topics topics;
    private final ConsumeQueues queues;
    private final Arrivals arrivals;
    private final String brokerName;

    public ResetOffsets(
            Offsets offsets,
            Groups groups,
            Topics topics,
            ConsumeQueues queues,
            Arrivals arrivals,
            String brokerName) {
        this.offsets = offsets;
        this.groups = groups;
        this.topics = topics;
        this.queues = queues;
        this.arrivals = arrivals;
        this.brokerName = brokerName;
    }

    @Override
    public Outcome<SortedMap<MessageQueue, Long>> handle(ResetOffset request, Caller caller) {
        boolean isAll = request.queueId() == ResetOffset.ALL_QUEUES;
        TopicLookup topic = topics.readable(request.topic(), isAll ? 0 : request.queueId());
        if (topic instanceof TopicLookup.Refused refused) {
            return new Outcome.Refused<>(refused.refusal());
        }
        if (groups.existing(request.group()) instanceof GroupLookup.Refused refused) {
            return new Outcome.Refused<>(refused.refusal());
        }
        int first = isAll ? 0 : request.queueId();
        int end = isAll ? queuesOf(request.topic()) : first + 1;
        SortedMap<MessageQueue, Long> targets = new TreeMap<>();
        for (int id = first; id < end; id++) {
            Optional<ConsumeQueue> queue = queues.find(request.topic(), id);
            if (request.offset() != ResetOffset.BY_TIME) {
                Optional<Refusal> refusal = problem(request, queue);
                if (refusal.isPresent()) {
                    return new Outcome.Refused<>(refusal.get());
                }
            }
            targets.put(new MessageQueue(request.topic(), brokerName, id), target(request, queue));
        }
        Optional<Refusal> unwritten = apply(request.group(), targets);
        return unwritten.isEmpty() ? Outcome.of(targets) : new Outcome.Refused<>(unwritten.get());
    }

    private int queuesOf(String topic) {
        return topics.find(topic).map(TopicConfig::readQueues).orElse(0);
    }

    private Optional<Refusal> problem(ResetOffset request, Optional<ConsumeQueue> queue) {
        long min = queue.map(known -> queues.mending(known::minOffset)).orElse(0L);
        long max = queue.map(ConsumeQueue::maxOffset).orElse(0L);
        return request.offset() >= min && request.offset() <= max
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Refusal.Reason.NOT_FOUND,
                                "queue "
                                        + request.queueId()
                                        + " of topic "
                                        + request.topic()
                                        + " reaches from offset "
                                        + min
                                        + " to "
                                        + max
                                        + "; "
                                        + request.offset()
                                        + " is outside"));
    }

    private long target(ResetOffset request, Optional<ConsumeQueue> queue) {
        if (request.offset() != ResetOffset.BY_TIME) {
            return request.offset();
        }
        if (queue.isEmpty()) {
            return 0;
        }
        return request.timestamp() == ResetOffset.TO_THE_END
                ? queue.get().maxOffset()
                : queues.mending(() ->
                        queue.get().offsetAt(request.timestamp(), ConsumeQueue.Boundary.LOWER));
    }

    /// @return why the new offsets are not safe; members are told all the same
    private Optional<Refusal> apply(String group, SortedMap<MessageQueue, Long> targets) {
        targets.forEach(
                (queue, offset) -> offsets.reset(group, queue.topic(), queue.queueId(), offset));
        Optional<Refusal> unwritten = offsets.makeSafe();
        targets.keySet()
                .forEach(queue -> arrivals.wake(new QueueKey(queue.topic(), queue.queueId())));
        return unwritten;
    }
}
