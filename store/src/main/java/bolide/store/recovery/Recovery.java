package bolide.store.recovery;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.QueueTails;
import bolide.store.commitlog.Segment;
import bolide.store.commitlog.Segments;
import bolide.store.dispatch.Derived;
import bolide.store.file.StorageException;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;

/// Reads the log from its beginning after a start: checks every record, derives everything anew,
/// and cuts off what was not written whole.
public final class Recovery {
    /// What was found.
    ///
    /// @param end where the next record goes
    /// @param records how many records are whole
    /// @param torn what was cut off behind the last whole record; empty when the end was clean
    public record Outcome(long end, long records, String torn) {}

    private final Segments segments;
    private final QueueTails tails;
    private final Derived derived;
    private final RecordView view = new RecordView();
    private long records;
    private String reason = "";

    public Recovery(Segments segments, QueueTails tails, Derived derived) {
        this.segments = segments;
        this.tails = tails;
        this.derived = derived;
    }

    /// @throws StorageException when a segment other than the last one is damaged
    public Outcome run() {
        if (segments.isEmpty()) {
            return new Outcome(0, 0, "");
        }
        Segment last = segments.last();
        for (Segment segment : segments.all()) {
            long end = scan(segment);
            if (segment != last && end != segment.end()) {
                throw new StorageException(
                        "commit log is damaged at position "
                                + end
                                + ", in a segment that was full: "
                                + reason
                                + "; nothing was changed");
            }
            if (segment == last && end != segment.end()) {
                return cut(segment, end);
            }
        }
        return new Outcome(last.end(), records, "");
    }

    /// @return the end of the segment, or the position of the first record that is not whole
    private long scan(Segment segment) {
        int at = 0;
        int limit = (int) (segment.end() - segment.start());
        while (at < limit) {
            long position = segment.start() + at;
            switch (view.look(segment.bytes(), at, limit)) {
                case BLANK -> {
                    if (view.totalSize() == limit - at) {
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
                    reason = view.verify(position);
                    if (!reason.isEmpty()) {
                        return position;
                    }
                    derive();
                    at += view.totalSize();
                }
            }
        }
        return segment.end();
    }

    private void derive() {
        records++;
        tails.passed(derived.topicOf(view), view.queueId(), view.queueOffset());
        if (view.hasTopic(StateRecord.TOPIC_BYTES)) {
            for (StateChange change : StateRecord.decode(view.body())) {
                if (change.kind() == StateKind.TOPIC && change.removed()) {
                    tails.forget(change.key());
                }
            }
        }
        derived.apply(view);
    }

    /// Nothing that an earlier life wrote behind the end may ever be taken for a record.
    private Outcome cut(Segment segment, long end) {
        segments.cutLast(segment.indexOf(end));
        return new Outcome(end, records, reason);
    }
}
