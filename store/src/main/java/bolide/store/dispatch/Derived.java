package bolide.store.dispatch;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.QueueTails;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.state.StateChange;
import bolide.store.state.StateRecord;
import java.util.Optional;

/// Everything that follows from the log beside the state: the queues. One record in, its
/// consequences drawn; recovery and the dispatcher do it the same way.
public final class Derived {
    private final ConsumeQueues queues;
    private byte[] lastTopicBytes = new byte[0];
    private String lastTopic = "";

    public Derived(ConsumeQueues queues) {
        this.queues = queues;
    }

    /// @return the queue that has a new message; empty for state and for what no consumer sees
    public Optional<ConsumeQueue> apply(RecordView record) {
        if (record.hasTopic(StateRecord.TOPIC_BYTES)) {
            for (StateChange change : StateRecord.decode(record.body())) {
                if (change.removesTopic()) {
                    queues.forget(change.key());
                }
            }
            return Optional.empty();
        }
        if (!QueueTails.counts(record.sysFlag())) {
            return Optional.empty();
        }
        return Optional.of(
                queues.add(
                        topicOf(record),
                        record.queueId(),
                        record.queueOffset(),
                        record.position(),
                        record.totalSize(),
                        record.tagHash(),
                        record.storeTimestamp()));
    }

    /// Neighbours mostly share their topic, and then its text.
    public String topicOf(RecordView record) {
        if (!record.hasTopic(lastTopicBytes)) {
            lastTopicBytes = record.topic();
            lastTopic = record.topicText();
        }
        return lastTopic;
    }
}
