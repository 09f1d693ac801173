package bolide.store.recovery;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.QueueTails;
import bolide.store.commitlog.RecordCheck;
import bolide.store.commitlog.Segment;
import bolide.store.commitlog.Segments;
import bolide.store.dispatch.Derived;
import bolide.store.state.QueueEnds;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import bolide.store.state.StateTable;
import java.util.ArrayList;
import java.util.List;

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
    private final RecordView view = new RecordView();
    private final List<Damage> damages = new ArrayList<>();
    private long records;
    private long newest;
    private boolean blankFound; // at the end of the segment scanned last
    private String reason = "";

    /// @param flushed everything below was on stable storage once
    public Recovery(
            Segments segments, QueueTails tails, StateTable state, Derived derived, long flushed) {
        this.segments = segments;
        this.tails = tails;
        this.state = state;
        this.derived = derived;
        this.flushed = flushed;
    }

    /// @param start the beginning of a record, or the log's end, or below its beginning
    /// @param newest the latest store time before that
    /// @throws bolide.store.file.StorageException when the end cannot be cut off or synced
    public Outcome run(long start, long newest) {
        this.newest = newest;
        if (segments.isEmpty()) {
            return new Outcome(start, 0, 0, newest, "", damages);
        }
        Segment[] all = segments.all();
        Segment last = all[all.length - 1];
        for (Segment segment : all) {
            if (segment != last && segment.end() > start) {
                scan(segment, Math.max(start, segment.start()), segment.end());
            }
        }
        long end = scan(last, Math.max(start, last.start()), Math.max(flushed, start));
        settle(end);
        long from = Math.max(start, all[0].start());
        return new Outcome(from, end, records, this.newest, reason, damages);
    }

    /// Sees to it that nothing which an earlier life wrote behind the end is ever taken for a
    /// record, and that everything before it is on stable storage.
    private void settle(long end) {
        Segment last = segments.last();
        segments.rewriteLast(flushed, end);
        if (end < last.end() || !blankFound && segments.isLastShort()) {
            segments.cutLast(end);
        } else {
            segments.sealLast();
        }
    }

    /// @param from where a record begins
    /// @param whole everything below was written whole, so what is not has been damaged since
    /// @return the end of the segment, or the position of the first record that was never whole
    private long scan(Segment segment, long from, long whole) {
        blankFound = false;
        reason = "";
        long position = from;
        while (position < segment.end()) {
            long next = look(segment, position);
            if (next < 0) {
                if (position >= whole) {
                    return position;
                }
                next = passOver(segment, position, Math.min(whole, segment.end()));
            }
            position = next;
        }
        return position;
    }

    /// @return where the next record begins; -1 when there is no whole one here
    private long look(Segment segment, long position) {
        int at = segment.indexOf(position);
        int limit = (int) (segment.end() - segment.start());
        switch (view.look(segment.bytes(), at, limit)) {
            case BLANK -> {
                if (view.totalSize() == limit - at) {
                    blankFound = true;
                    return segment.end();
                }
                reason = "blank of " + view.totalSize() + " bytes where " + (limit - at) + " are";
            }
            case NOTHING -> reason = "";
            case DAMAGE -> reason = view.damage();
            case RECORD -> {
                int next = at + view.totalSize();
                reason = RecordCheck.damage(view, segment.bytes(), next, position);
                if (reason.isEmpty()) {
                    derive();
                    return position + view.totalSize();
                }
            }
        }
        return -1;
    }

    /// Finds where the log can be read again behind damage, by trying every place.
    ///
    /// @param end where it goes on at the latest
    private long passOver(Segment segment, long position, long end) {
        String damage = reason.isEmpty() ? "nothing is written there" : reason;
        noteLost(segment, position);
        int limit = (int) (segment.end() - segment.start());
        long next = position + 1;
        while (next < end
                && !RecordCheck.isWhole(
                        view, segment.bytes(), segment.indexOf(next), limit, next)) {
            next++;
        }
        reason = "";
        damages.add(new Damage(position, next, damage));
        return next;
    }

    /// The number of a lost message is not given out again, as far as its record still tells.
    private void noteLost(Segment segment, long position) {
        int at = segment.indexOf(position);
        int limit = (int) (segment.end() - segment.start());
        if (view.look(segment.bytes(), at, limit) == RecordView.Found.RECORD
                && QueueTails.counts(view.sysFlag())) {
            String topic = derived.topicOf(view);
            long[] ends = tails.endsOf(topic);
            int queueId = view.queueId();
            if (queueId >= 0 && queueId < ends.length && view.queueOffset() == ends[queueId]) {
                tails.passed(topic, queueId, view.queueOffset());
            }
        }
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
