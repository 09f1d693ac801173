package bolide.store.commitlog;

import bolide.protocol.message.RecordView;
import bolide.store.file.StorageException;
import java.nio.ByteBuffer;

/// Goes through a segment record by record, comparing each with its place and its checksums, and
/// passes over what is damaged. Recovery, `store verify` and the making of index files all read the
/// log through it, so that none of them can take for whole what another passes over or cuts off.
public final class LogWalk {
    /// Told what there is.
    public interface Visitor {
        /// @param view moved on afterwards
        void record(RecordView view);

        /// @param from where a record should begin
        /// @param to where the next one does
        /// @param reason what is wrong there
        /// @param remains what of the record can still be looked at, if its structure is whole;
        ///   else null
        void damage(long from, long to, String reason, RecordView remains);
    }

    private static final int MAGIC_AT = 4;

    private final RecordView view = new RecordView();
    private final RecordView probe = new RecordView();
    private final Visitor visitor;
    private String reason = "";
    private boolean isBlankMet;

    public LogWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    /// @return what is wrong where the last walk ended; empty when nothing is, or nothing was
    ///   written
    public String reason() {
        return reason;
    }

    /// @return whether the last walk met the mark of the segment's unused rest
    public boolean isBlankMet() {
        return isBlankMet;
    }

    /// @see #walk(ByteBuffer, long, long, long, long)
    public long walk(Segment segment, long from, long to, long whole) {
        return walk(segment.bytes(), segment.start(), from, to, whole);
    }

    /// @param bytes a segment, to its end
    /// @param start the position of its first byte
    /// @param from where a record begins
    /// @param to no record is shown that begins here or behind
    /// @param whole everything below was written whole, so what is not has been damaged since
    /// @return `to`, or the end of the segment, or the first position from `whole` on at which
    ///   there is no whole record
    /// @throws StorageException when the disk does not give the bytes
    public long walk(ByteBuffer bytes, long start, long from, long to, long whole) {
        isBlankMet = false;
        reason = "";
        int limit = bytes.limit();
        int last = (int) Math.min(to - start, limit);
        int at = (int) (from - start);
        try {
            while (at < last) {
                int next = look(bytes, at, start);
                if (next < 0) {
                    if (start + at >= whole) {
                        return start + at;
                    }
                    next = passOver(bytes, at, start, (int) Math.min(whole - start, limit));
                }
                at = next;
            }
        } catch (InternalError fault) {
            throw StorageException.unreadable(Segments.nameOf(start), start + at, fault);
        }
        return start + at;
    }

    /// @return where the next record begins; -1 when there is no whole one here
    private int look(ByteBuffer bytes, int at, long start) {
        int rest = bytes.limit() - at;
        switch (view.look(bytes, at, bytes.limit())) {
            case BLANK -> {
                if (view.totalSize() == rest) {
                    isBlankMet = true;
                    return bytes.limit();
                }
                reason = "blank of " + view.totalSize() + " bytes where " + rest + " are";
            }
            case NOTHING -> reason = "";
            case DAMAGE -> reason = view.damage();
            case RECORD -> {
                reason = RecordCheck.damage(view, bytes, at + view.totalSize(), start + at);
                if (reason.isEmpty()) {
                    visitor.record(view);
                    return at + view.totalSize();
                }
            }
        }
        return -1;
    }

    /// @param end where it goes on at the latest
    private int passOver(ByteBuffer bytes, int at, long start, int end) {
        int found = nextWhole(bytes, start, at + 1, end);
        int next = found < 0 ? end : found;
        boolean remains = view.look(bytes, at, bytes.limit()) == RecordView.Found.RECORD;
        String what = reason.isEmpty() ? "nothing is written there" : reason;
        reason = "";
        visitor.damage(start + at, start + next, what, remains ? view : null);
        return next;
    }

    /// Finds where a segment can be read again behind damage, by trying every place. A record says
    /// itself where it belongs, so that bytes of a body are not mistaken for one.
    ///
    /// @param start the position of the segment's first byte
    /// @param from the first index that is tried
    /// @param to behind the last one
    /// @return the index of the next whole record, or mark of the unused rest; -1 when there is
    ///   none
    public int nextWhole(ByteBuffer bytes, long start, int from, int to) {
        int limit = bytes.limit();
        int at = from;
        while (at < to) {
            boolean isZero =
                    at + MAGIC_AT + Long.BYTES <= limit && bytes.getLong(at + MAGIC_AT) == 0;
            if (isZero) {
                at += Long.BYTES; // no byte of a magic is zero
            } else if (RecordCheck.isWhole(probe, bytes, at, limit, start + at)) {
                return at;
            } else {
                at++;
            }
        }
        return -1;
    }
}
