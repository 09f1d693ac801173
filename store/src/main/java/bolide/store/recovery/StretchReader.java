package bolide.store.recovery;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.LogWalk;
import bolide.store.commitlog.Segment;
import bolide.store.commitlog.Segments;
import bolide.store.index.LogScan;
import bolide.store.index.Stretch;
import java.util.function.Consumer;

/// Reads parts of the log that were written whole once.
public final class StretchReader implements LogScan {
    private final Segments segments;

    public StretchReader(Segments segments) {
        this.segments = segments;
    }

    @Override
    public void forEach(Stretch stretch, Consumer<RecordView> visitor) {
        LogWalk walk = new LogWalk(new WholeOnly(visitor));
        for (Segment segment : segments.all()) {
            boolean reaches = segment.start() < stretch.end() && segment.end() > stretch.start();
            if (reaches && segment.retain()) {
                try {
                    long from = Math.max(segment.start(), stretch.start());
                    walk.walk(segment, from, stretch.end(), stretch.end());
                } finally {
                    segment.release();
                }
            }
        }
    }

    private record WholeOnly(Consumer<RecordView> visitor) implements LogWalk.Visitor {
        @Override
        public void record(RecordView view) {
            visitor.accept(view);
        }

        @Override
        public void damage(long from, long to, String reason, RecordView remains) {
            // What cannot be read has no entries.
        }
    }
}
