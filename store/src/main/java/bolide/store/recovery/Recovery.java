package bolide.store.recovery;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.QueueTails;
import bolide.store.commitlog.RecordCheck;
import bolide.store.commitlog.Segment;
import bolide.store.commitlog.Segments;
import bolide.store.dispatch.Derived;
import bolide.store.file.StorageException;
import bolide.store.state.QueueEnds;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import bolide.store.state.StateTable;

/// Reads the log from its beginning after a start: checks every record, derives everything anew,
/// and cuts off what was not written whole.
public final class Recovery {
    /// What was found.
    ///
    /// @param end where the next record goes
    /// @param records how many records are whole
    /// @param newest the latest store time of all; 0 when there is no record
    /// @param torn what was cut off behind the last whole record; empty when the end was clean
    public record Outcome(long end, long records, long newest, String torn) {}

    private final Segments segments;
    private final QueueTails tails;
    private final StateTable state;
    private final Derived derived;
    private final RecordView view = new RecordView();
    private long records;
    private long newest;
    private boolean blankFound; // at the end of the segment scanned last
    private String reason = "";

    public Recovery(Segments segments, QueueTails tails, StateTable state, Derived derived) {
        this.segments = segments;
        this.tails = tails;
        this.state = state;
        this.derived = derived;
    }

    /// @throws StorageException when a segment other than the last one is damaged
    public Outcome run() {
        if (segments.isEmpty()) {
            return new Outcome(0, 0, 0, "");
        }
        Segment last = segments.last();
        for (Segment segment : segments.all()) {
            long end = scan(segment);
            if (segment == last) {
                settle(end);
                return new Outcome(end, records, newest, reason);
            }
            if (end != segment.end()) {
                throw new StorageException(
                        "commit log is damaged at position "
                                + end
                                + ", in a segment that was full: "
                                + (reason.isEmpty() ? "nothing is written there" : reason)
                                + "; nothing was changed");
            }
        }
        throw new AssertionError("the last segment was not met");
    }

    /// Sees to it that nothing which an earlier life wrote behind the end is ever taken for a
    /// record, and that everything before it is on stable storage.
    private void settle(long end) {
        Segment last = segments.last();
        if (end < last.end() || !blankFound && segments.isLastShort()) {
            segments.cutLast(end);
        } else {
            segments.sealLast();
        }
    }

    /// @return the end of the segment, or the position of the first record that is not whole
    private long scan(Segment segment) {
        blankFound = false;
        int at = 0;
        int limit = (int) (segment.end() - segment.start());
        while (at < limit) {
            long position = segment.start() + at;
            switch (view.look(segment.bytes(), at, limit)) {
                case BLANK -> {
                    if (view.totalSize() == limit - at) {
                        blankFound = true;
                        return segment.end();
                    }
                    reason =
                            "blank of "
                                    + view.totalSize()
                                    + " bytes where "
                                    + (limit - at)
                                    + " are";
                    return position;
                }
                case NOTHING -> {
                    reason = "";
                    return position;
                }
                case DAMAGE -> {
                    reason = view.damage();
                    return position;
                }
                case RECORD -> {
                    int next = at + view.totalSize();
                    reason = RecordCheck.damage(view, segment.bytes(), next, position);
                    if (!reason.isEmpty()) {
                        return position;
                    }
                    derive();
                    at = next;
                }
            }
        }
        return segment.end();
    }

    private void derive() {
        records++;
        newest = Math.max(newest, view.storeTimestamp());
        if (QueueTails.counts(view.sysFlag())) {
            tails.passed(derived.topicOf(view), view.queueId(), view.queueOffset());
        }
        if (view.hasTopic(StateRecord.TOPIC_BYTES)) {
            for (StateChange change : StateRecord.decode(view.body())) {
                fold(change);
            }
        }
        derived.apply(view);
    }

    private void fold(StateChange change) {
        state.apply(change, view.position());
        if (change.removesTopic()) {
            tails.forget(change.key());
        } else if (change.kind().equals(StateKind.QUEUE_ENDS) && !change.removed()) {
            QueueEnds.decode(
                    change.value(), (queueId, end) -> tails.raise(change.key(), queueId, end));
        }
    }
}
