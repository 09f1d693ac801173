package bolide.store.dispatch;

import bolide.protocol.message.RecordView;
import bolide.protocol.text.RecentTexts;
import bolide.store.commitlog.QueueTails;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.index.Generation;
import bolide.store.index.Generations;
import bolide.store.index.RecordKeys;
import bolide.store.state.QueueEnds;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import java.util.function.Consumer;

/// Everything that follows from the log: queues, keys, changes of state. One record in, its
/// consequences drawn; recovery and the dispatcher do it the same way.
public final class Derived {
    private static final Consumer<ConsumeQueue> NOBODY = queue -> {};
    private static final int RECENT_TOPICS = 4096;
    private static final int LONGEST_TOPIC = 255; // of those that are kept

    private final ConsumeQueues queues;
    private final Generations generations;
    private final RecentTexts topics = new RecentTexts(RECENT_TOPICS, LONGEST_TOPIC);
    private final RecordKeys keys = new RecordKeys();

    public Derived(ConsumeQueues queues, Generations generations) {
        this.queues = queues;
        this.generations = generations;
    }

    /// @see #apply(RecordView, Consumer)
    public void apply(RecordView record) {
        apply(record, NOBODY);
    }

    /// @param touched told the queue that has a new message, if any
    public void apply(RecordView record, Consumer<ConsumeQueue> touched) {
        Generation generation = generations.present();
        generation.pass(record);
        if (record.hasTopic(StateRecord.TOPIC_BYTES)) {
            for (StateChange change : StateRecord.decode(record.body())) {
                apply(change, record.position(), generation);
            }
            return;
        }
        keys.look(record);
        generation.addKeys(keys);
        if (QueueTails.counts(record.sysFlag())) {
            touched.accept(
                    queues.add(
                            generation,
                            topicOf(record),
                            record.queueId(),
                            record.queueOffset(),
                            record.position(),
                            record.totalSize(),
                            keys.tagHash(),
                            record.storeTimestamp()));
        }
    }

    private void apply(StateChange change, long position, Generation generation) {
        if (change.removesTopic()) {
            queues.forget(generation, change.key());
        } else if (change.kind().equals(StateKind.QUEUE_ENDS) && !change.removed()) {
            QueueEnds.decode(
                    change.value(),
                    (queueId, end) ->
                            queues.raiseEnd(generation, change.key(), queueId, end, position));
        }
    }

    /// The topic was removed by a record that cannot be read any more.
    public void endLife(String topic) {
        queues.forget(generations.present(), topic);
    }

    /// Messages were there, or may have been, and cannot be read any more: their numbers are not
    /// given out again.
    ///
    /// @param end one past the last of them
    /// @param position where they were
    public void lose(String topic, int queueId, long end, long position) {
        queues.raiseEnd(generations.present(), topic, queueId, end, position);
    }

    public ConsumeQueues queues() {
        return queues;
    }

    /// @return the record's topic, mostly without a new object
    public String topicOf(RecordView record) {
        return record.topicText(topics);
    }

    /// @return whether the present generation should be frozen, and may be
    public boolean isFull() {
        return generations.present().isFull() && !generations.isFrozenHeld();
    }

    /// @return whether the present generation is about anything, and may be frozen
    public boolean isFreezable(long end) {
        return !generations.isFrozenHeld() && end > generations.present().start();
    }

    /// @return whether so much has come since the last generation was frozen that nothing more
    ///   should before that one is persisted
    public boolean mustWait() {
        return generations.isFrozenHeld() && generations.present().isOverfull();
    }

    /// Hands over the present generation and begins the next. Only the dispatcher, or recovery.
    ///
    /// @param end the position behind everything that was applied
    public Generation freeze(long end) {
        Generation frozen = generations.freeze(end);
        queues.frozen();
        return frozen;
    }

    /// A frozen generation is among the index files, and nobody asks for the queues' ends at its
    /// end any more: the memory it takes is let go. Any one thread.
    public void persisted(Generation frozen) {
        queues.release(frozen);
        generations.drop(frozen);
    }
}
