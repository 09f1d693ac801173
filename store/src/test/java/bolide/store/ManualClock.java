package bolide.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Both clocks of a store, set by hand.
public final class ManualClock implements InstantSource, LongSupplier {
    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public long millis() {
        return millis.get();
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    /// Time passes on both clocks.
    public void pass(long passed) {
        millis.addAndGet(passed);
        nanos.addAndGet(1_000_000 * passed);
    }

    /// Somebody sets the clock on the wall.
    public void set(long now) {
        millis.set(now);
    }
}
