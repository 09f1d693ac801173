package bolide.store.dispatch;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.QueueTails;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import bolide.store.state.StateTable;
import java.util.Optional;

/// Everything that follows from the log: queues and state. One record in, its consequences drawn;
/// recovery and the dispatcher do it the same way.
public final class Derived {
    private final ConsumeQueues queues;
    private final StateTable state;
    private byte[] lastTopicBytes = new byte[0];
    private String lastTopic = "";

    public Derived(ConsumeQueues queues, StateTable state) {
        this.queues = queues;
        this.state = state;
    }

    /// @return the queue that has a new message; empty for state and for what no consumer sees
    public Optional<ConsumeQueue> apply(RecordView record) {
        if (record.hasTopic(StateRecord.TOPIC_BYTES)) {
            for (StateChange change : StateRecord.decode(record.body())) {
                apply(change);
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

    private void apply(StateChange change) {
        state.apply(change);
        if (change.kind() == StateKind.TOPIC && change.removed()) {
            queues.forget(change.key());
        }
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
