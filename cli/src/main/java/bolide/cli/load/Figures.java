package bolide.cli.load;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// What a run has come to so far. For any thread.
final class Figures {
    private static final int DIGITS = 3;

    private final Errors errors = new Errors();
    private final Histogram latencies = new ConcurrentHistogram(DIGITS); // nanoseconds
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong firstNanos = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);

    /// @param nanos when the message was acknowledged, or received
    /// @param latencyNanos how long that took; below 0, as between two clocks, counts as 0
    /// @return how many there have been, this one included
    long add(long nanos, long latencyNanos) {
        latencies.recordValue(Math.max(0, latencyNanos));
        firstNanos.accumulateAndGet(nanos, Math::min);
        lastNanos.accumulateAndGet(nanos, Math::max);
        return messages.incrementAndGet();
    }

    long messages() {
        return messages.get();
    }

    Errors errors() {
        return errors;
    }

    /// @return from the first message to the last
    long spanNanos() {
        return messages() == 0 ? 0 : lastNanos.get() - firstNanos.get();
    }

    /// @return from then to the first message; none when there is none
    OptionalLong nanosToFirst(long startNanos) {
        return messages() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(firstNanos.get() - startNanos);
    }

    /// @return from then to the last message
    long nanosSince(long startNanos) {
        return messages() == 0 ? 0 : lastNanos.get() - startNanos;
    }

    /// @param percentile 0 to 100
    long latencyNanos(double percentile) {
        return latencies.getValueAtPercentile(percentile);
    }
}
