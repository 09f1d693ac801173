package bolide.benchmarks.load;

import java.util.OptionalDouble;
import org.HdrHistogram.AbstractHistogram;

/// What one run of a load did.
///
/// @param seconds from the first to the last of them
/// @param latencies nanoseconds; empty where there is no such thing
/// @param errors how many sends failed
/// @param firstSeconds until the first message came, where that is not at once
record Outcome(
        long messages,
        double seconds,
        AbstractHistogram latencies,
        long errors,
        OptionalDouble firstSeconds) {}
