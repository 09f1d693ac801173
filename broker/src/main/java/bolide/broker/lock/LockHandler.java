package bolide.broker.lock;

import bolide.broker.group.GroupLookup;
import bolide.broker.group.Groups;
import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.lock.LockRequest;
import bolide.protocol.route.MessageQueue;
import bolide.remoting.Caller;
import java.util.List;
import java.util.Optional;

/// Lets members of orderly groups have queues for themselves: of groups and queues that there are,
/// so that the number of locks has a limit.
public final class LockHandler {
    private final QueueLocks locks;
    private final Groups groups;
    private final Topics topics;

    public LockHandler(QueueLocks locks, Groups groups, Topics topics) {
        this.locks = locks;
        this.groups = groups;
        this.topics = topics;
    }

    /// @return those of the queues that the member holds now
    public Outcome<List<MessageQueue>> lock(LockRequest request, Caller caller) {
        return switch (groups.existing(request.group())) {
            case GroupLookup.Refused unknown -> new Outcome.Refused<>(unknown.refusal());
            case GroupLookup.Usable usable ->
                    Outcome.of(locks.lock(ofQueuesThatExist(request), caller.connection()));
        };
    }

    private LockRequest ofQueuesThatExist(LockRequest request) {
        List<MessageQueue> queues =
                request.queues().stream()
                        .filter(queue ->
                                topics.existing(queue.topic(), queue.queueId())
                                        instanceof TopicLookup.Usable)
                        .toList();
        return new LockRequest(request.group(), request.clientId(), queues);
    }

    /// Gives back those of the queues that the member holds.
    public Optional<Refusal> unlock(LockRequest request, Caller caller) {
        locks.unlock(request);
        return Optional.empty();
    }
}
