package bolide.store.recovery;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.LogWalk;
import bolide.store.commitlog.QueueTails;
import bolide.store.commitlog.Segment;
import bolide.store.commitlog.Segments;
import bolide.store.dispatch.Derived;
import bolide.store.index.Generation;
import bolide.store.state.QueueEnds;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import bolide.store.state.StateTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads the log after a start, from where the newest snapshot ends: checks every record, derives
/// what follows from it, and cuts off an end that was not written whole. Damage to what had been
/// written whole is passed over and reported; nothing of it is deleted.
public final class Recovery {
    /// A part of the log that cannot be read.
    ///
    /// @param from the first damaged byte's record, or where one should begin
    /// @param to where the next whole record begins
    /// @param reason what is wrong at its beginning
    public record Damage(long from, long to, String reason) {}

    /// What was found.
    ///
    /// @param start where reading began: everything before is in the snapshot
    /// @param end where the next record goes
    /// @param records how many whole records were read
    /// @param newest the latest store time of all; 0 when there is no record
    /// @param torn what was cut off behind the last whole record; empty when the end was clean
    /// @param damages what was passed over
    public record Outcome(
            long start, long end, long records, long newest, String torn, List<Damage> damages) {}

    private final Segments segments;
    private final QueueTails tails;
    private final StateTable state;
    private final Derived derived;
    private final long flushed;
    private final Consumer<Generation> onFrozen;
    private final Runnable onOverfull;
    private final LogWalk walk = new LogWalk(new Found());
    private final List<Damage> damages = new ArrayList<>();
    private final LostNumbers lost;
    private long records;
    private long newest;

    /// @param flushed everything below was on stable storage once
    /// @param onFrozen given each generation that is full
    /// @param onOverfull has to see to it that the one it was given last is persisted: no more is
    ///   derived before
    public Recovery(
            Segments segments,
            QueueTails tails,
            StateTable state,
            Derived derived,
            long flushed,
            Consumer<Generation> onFrozen,
            Runnable onOverfull) {
        this.segments = segments;
        this.tails = tails;
        this.state = state;
        this.derived = derived;
        this.flushed = flushed;
        this.onFrozen = onFrozen;
        this.onOverfull = onOverfull;
        this.lost = new LostNumbers(tails, state, derived);
    }

    /// @param start the beginning of a record, or the log's end, or below its beginning
    /// @param newestBefore the latest store time before that
    /// @throws bolide.store.file.StorageException when the end cannot be cut off or synced
    public Outcome run(long start, long newestBefore) {
        newest = newestBefore;
        if (segments.isEmpty()) {
            return new Outcome(0, 0, 0, newest, "", damages);
        }
        Segment[] all = segments.all();
        Segment last = all[all.length - 1];
        for (Segment segment : all) {
            if (segment != last && segment.end() > start) {
                walk(segment, Math.max(start, segment.start()), segment.end());
            }
        }
        long end = walk(last, Math.max(start, last.start()), Math.max(flushed, start));
        lost.settle();
        settle(end);
        return new Outcome(
                Math.max(start, all[0].start()), end, records, newest, walk.reason(), damages);
    }

    private long walk(Segment segment, long from, long whole) {
        return walk.walk(segment, from, segment.end(), whole);
    }

    /// Sees to it that nothing which an earlier life wrote behind the end is ever taken for a
    /// record, and that everything before it is on stable storage.
    private void settle(long end) {
        segments.rewriteLast(flushed, end);
        if (end < segments.last().end() || !walk.isBlankMet() && segments.isLastShort()) {
            segments.cutLast(end);
        } else {
            segments.sealLast();
        }
    }

    /// Draws the consequences.
    private final class Found implements LogWalk.Visitor {
        @Override
        public void record(RecordView view) {
            records++;
            newest = Math.max(newest, view.storeTimestamp());
            if (QueueTails.counts(view.sysFlag())) {
                String topic = derived.topicOf(view);
                if (!damages.isEmpty() && isTaken(topic, view)) {
                    tails.forget(topic); // its removal is in what was passed over
                    derived.endLife(topic);
                }
                tails.passed(topic, view.queueId(), view.queueOffset());
            }
            if (view.hasTopic(StateRecord.TOPIC_BYTES)) {
                for (StateChange change : StateRecord.decode(view.body())) {
                    fold(change, view.position());
                }
            }
            if (derived.mustWait()) {
                onOverfull.run();
            }
            derived.apply(view);
            if (derived.isFull()) {
                onFrozen.accept(derived.freeze(view.position() + view.totalSize()));
            }
        }

        private boolean isTaken(String topic, RecordView view) {
            long[] ends = tails.endsOf(topic);
            return view.queueId() >= 0
                    && view.queueId() < ends.length
                    && view.queueOffset() < ends[view.queueId()];
        }

        private void fold(StateChange change, long position) {
            state.apply(change, position);
            if (change.removesTopic()) {
                tails.forget(change.key());
            } else if (change.kind().equals(StateKind.QUEUE_ENDS) && !change.removed()) {
                QueueEnds.decode(
                        change.value(), (queueId, end) -> tails.raise(change.key(), queueId, end));
            }
        }

        @Override
        public void damage(long from, long to, String reason, RecordView remains) {
            damages.add(new Damage(from, to, reason));
            lost.lose(from, to, remains);
        }
    }
}
