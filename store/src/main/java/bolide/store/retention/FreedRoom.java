package bolide.store.retention;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Whether the room of the segment that went last is there. Some file systems take their time, and
/// so may readers that still hold the segment: until then the disk looks as full as before.
final class FreedRoom {
    /// A file system that frees room by the way does so within this time.
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanoClock;
    private boolean awaited;
    private long since;
    private long wanted; // usable bytes, were nothing written meanwhile
    private long end; // of the log then

    FreedRoom(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /// A segment has gone.
    ///
    /// @param bytes of it
    /// @param usable of the disk before
    /// @param logEnd what the log takes from now on is allowed for
    void await(long bytes, long usable, long logEnd) {
        awaited = true;
        since = nanoClock.getAsLong();
        wanted = usable + bytes / 2; // half: others use the disk, too
        end = logEnd;
    }

    /// @param usable of the disk now
    /// @return whether the disk may turn out to be less full than it looks
    boolean isAwaited(long usable, long logEnd) {
        awaited =
                awaited
                        && usable + (logEnd - end) < wanted
                        && nanoClock.getAsLong() - since < LONGEST_NANOS;
        return awaited;
    }
}
