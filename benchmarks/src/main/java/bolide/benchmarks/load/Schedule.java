package bolide.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The times at which messages are due at a fixed rate. Somebody who is late does what is due at
/// once, and its time counts from when it was due: a stall is not left out of the figures.
final class Schedule {
    private final long start = System.nanoTime();
    private final double gapNanos;

    Schedule(long rate) {
        this.gapNanos = (double) TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /// Waits until that message is due.
    ///
    /// @return when it was due, by [System#nanoTime]
    long await(long number) {
        long due = start + (long) (number * gapNanos);
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
        return due;
    }
}
