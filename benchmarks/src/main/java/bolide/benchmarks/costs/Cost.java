package bolide.benchmarks.costs;

import java.util.Locale;

/// What a server with so much of something costs.
///
/// @param cpuSeconds of the server for a million messages, without the JIT compiler's
/// @param memoryMib of its own, the mapped files not counted
/// @param startSeconds from its process to its first acknowledged message, after it was stopped
record Cost(
        Dimension dimension, int size, double cpuSeconds, double memoryMib, double startSeconds) {
    static final String TITLE =
            "| what | how much | server CPU-s per million | memory, MiB | start, s |\n"
                    + "|---|---|---|---|---|";

    String toRow() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.0f | %.2f |",
                dimension.about(),
                size,
                cpuSeconds,
                memoryMib,
                startSeconds);
    }

    String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"dimension\":\"%s\",\"size\":%d,\"cpu_seconds_per_million\":%.6g,"
                        + "\"memory_mib\":%.6g,\"start_seconds\":%.6g}",
                dimension.word(),
                size,
                cpuSeconds,
                memoryMib,
                startSeconds);
    }
}
