package bolide.store.recovery;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.RecordCheck;
import bolide.store.commitlog.Segment;
import bolide.store.commitlog.Segments;
import bolide.store.index.RecordReader;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/// Looks at single records of the log, compared with their checksums.
public final class RecordLookup implements RecordReader {
    private final Segments segments;

    public RecordLookup(Segments segments) {
        this.segments = segments;
    }

    @Override
    public boolean test(long position, Predicate<RecordView> question) {
        if (position < segments.start() || position >= segments.end()) {
            return false;
        }
        Segment segment = segments.find(position);
        if (segment == null || !segment.retain()) {
            return false;
        }
        try {
            RecordView view = new RecordView();
            ByteBuffer bytes = segment.bytes();
            return RecordCheck.isWhole(
                            view, bytes, segment.indexOf(position), bytes.limit(), position)
                    && question.test(view);
        } finally {
            segment.release();
        }
    }
}
