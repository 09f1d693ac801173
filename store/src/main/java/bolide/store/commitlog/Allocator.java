package bolide.store.commitlog;

import bolide.agent.Agent;
import bolide.agent.Position;
import bolide.store.file.StorageException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes ahead of the log's end and sees to it that the disk has a place for what will come: in the
/// last segment, and for a next one. A full disk is met here, where it is not yet a failure.
final class Allocator implements Agent {
    /// Bytes that are allocated at once.
    static final int STEP_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Allocator.class);

    // As little as leaves this thread the time to come, also to a busy machine (decision 3): what
    // is overwritten while the processor's cache still has it costs less, and a sync between finds
    // less to write twice.
    private static final long AHEAD_BYTES = 8L * STEP_BYTES;
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Segments segments;
    private final Position appended;
    private final long start;
    private boolean refused; // the last try; said once

    Allocator(Segments segments, Position appended) {
        this.segments = segments;
        this.appended = appended;
        this.start = appended.get();
    }

    @Override
    public String name() {
        return "allocator";
    }

    @Override
    public boolean step() {
        try {
            boolean worked = allocate();
            refused = false;
            return worked;
        } catch (StorageException failure) {
            if (!refused) {
                LOG.warn("no room ahead of the log\'s end: {}", failure.getMessage());
            }
            refused = true;
            return false;
        }
    }

    private boolean allocate() {
        long end = appended.get();
        // As far as this life has come: a sync writes the zeros, too, and the first ones wait.
        long wanted = end + Math.clamp(end - start, STEP_BYTES, AHEAD_BYTES);
        Segment last = segments.last();
        long allocated = last.allocatedEnd();
        if (allocated < Math.min(wanted, last.end())) {
            last.allocateUpTo(Math.min(wanted, allocated + STEP_BYTES));
            return true;
        }
        if (wanted > last.end() && !segments.hasSpare()) {
            segments.prepareSpare(Math.max(STEP_BYTES, wanted - last.end()));
            return true;
        }
        return false;
    }

    @Override
    public long restNanos() {
        return refused ? AGAIN_NANOS : Long.MAX_VALUE;
    }
}
