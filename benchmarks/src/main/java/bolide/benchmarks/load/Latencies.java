package bolide.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/// Histograms of nanoseconds, up to a minute with three digits.
final class Latencies {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final double NANOS = 1e9;

    private Latencies() {}

    /// @return one for a single thread
    static Histogram own() {
        return new Histogram(LONGEST, DIGITS);
    }

    /// @return one that others are added to
    static SynchronizedHistogram shared() {
        return new SynchronizedHistogram(LONGEST, DIGITS);
    }

    /// @return one that several threads record in
    static ConcurrentHistogram concurrent() {
        return new ConcurrentHistogram(LONGEST, DIGITS);
    }

    static long bounded(long nanos) {
        return Math.clamp(nanos, 0, LONGEST);
    }

    static long nanos(double seconds) {
        return (long) (seconds * NANOS);
    }

    static double secondsSince(long start) {
        return seconds(System.nanoTime() - start);
    }

    static double seconds(long nanos) {
        return nanos / NANOS;
    }
}
