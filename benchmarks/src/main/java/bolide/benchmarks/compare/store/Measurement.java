package bolide.benchmarks.compare.store;

import java.util.Locale;

/// What one trial took.
///
/// @param messages how many
/// @param acknowledgedSeconds until the last was acknowledged
/// @param seconds until the last could be read through its queue, too
/// @param cpuSeconds of the whole process but the JIT compiler
/// @param compilerSeconds of the JIT compiler
/// @param allocatedBytes by all threads
record Measurement(
        long messages,
        double acknowledgedSeconds,
        double seconds,
        double cpuSeconds,
        double compilerSeconds,
        long allocatedBytes) {
    private static final double MILLION = 1e6;

    static Measurement ofLine(String line) {
        String[] words = line.split(" ");
        return new Measurement(
                Long.parseLong(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]),
                Long.parseLong(words[5]));
    }

    /// @return a line from which [#ofLine] makes the same measurement
    String toLine() {
        return String.format(
                Locale.ROOT,
                "%d %.9f %.9f %.9f %.9f %d",
                messages,
                acknowledgedSeconds,
                seconds,
                cpuSeconds,
                compilerSeconds,
                allocatedBytes);
    }

    double perSecond() {
        return messages / seconds;
    }

    double cpuSecondsPerMillion() {
        return cpuSeconds * MILLION / messages;
    }

    double perCpuSecond() {
        return messages / cpuSeconds;
    }

    double bytesPerMessage() {
        return (double) allocatedBytes / messages;
    }
}
