package bolide.store.recovery;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.RecordCheck;
import bolide.store.commitlog.Segment;
import java.nio.ByteBuffer;

/// Goes through a segment record by record, comparing each with its checksums, and passes over what
/// is damaged.
final class LogWalk {
    /// Told what there is.
    interface Visitor {
        /// @param view moved on afterwards
        void record(RecordView view);

        /// @param from where a record should begin
        /// @param to where the next one does
        /// @param reason what is wrong there
        /// @param remains what of the record can still be looked at, if its structure is whole;
        ///   else null
        void damage(long from, long to, String reason, RecordView remains);
    }

    private final RecordView view = new RecordView();
    private final RecordView probe = new RecordView();
    private final Visitor visitor;
    private String reason = "";
    private boolean isBlankMet;

    LogWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    /// @return what is wrong where the last walk ended; empty when nothing is, or nothing was
    ///   written
    String reason() {
        return reason;
    }

    /// @return whether the last walk met the mark of the segment's unused rest
    boolean isBlankMet() {
        return isBlankMet;
    }

    /// @param from where a record begins
    /// @param to no record is shown that begins here or behind
    /// @param whole everything below was written whole, so what is not has been damaged since
    /// @return `to`, or the end of the segment, or the first position behind `whole` at which there
    ///   is no whole record
    long walk(Segment segment, long from, long to, long whole) {
        isBlankMet = false;
        reason = "";
        long position = from;
        while (position < Math.min(to, segment.end())) {
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
        ByteBuffer bytes = segment.bytes();
        switch (view.look(bytes, at, bytes.limit())) {
            case BLANK -> {
                int rest = bytes.limit() - at;
                if (view.totalSize() == rest) {
                    isBlankMet = true;
                    return segment.end();
                }
                reason = "blank of " + view.totalSize() + " bytes where " + rest + " are";
            }
            case NOTHING -> reason = "";
            case DAMAGE -> reason = view.damage();
            case RECORD -> {
                reason = RecordCheck.damage(view, bytes, at + view.totalSize(), position);
                if (reason.isEmpty()) {
                    visitor.record(view);
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
        ByteBuffer bytes = segment.bytes();
        long next = position + 1;
        while (next < end
                && !RecordCheck.isWhole(probe, bytes, segment.indexOf(next), bytes.limit(), next)) {
            next++;
        }
        boolean remains =
                view.look(bytes, segment.indexOf(position), bytes.limit())
                        == RecordView.Found.RECORD;
        String what = reason.isEmpty() ? "nothing is written there" : reason;
        reason = "";
        visitor.damage(position, next, what, remains ? view : null);
        return next;
    }
}
