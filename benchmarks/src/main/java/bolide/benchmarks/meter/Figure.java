package bolide.benchmarks.meter;

import java.util.Locale;

/// What can be said of one round of one server.
public enum Figure {
    RATE("messages per second", "%,.0f"),
    P50("p50, ms", "%.3f"),
    P99("p99, ms", "%.3f"),
    P999("p99.9, ms", "%.3f"),
    MAXIMUM("longest, ms", "%.1f"),
    SERVER_CPU("server CPU-s per million", "%.2f"),
    SERVER_COLLECTING("  of it collecting garbage", "%.2f"),
    SERVER_COMPILING("  and beside it compiling", "%.2f"),
    CLIENT_CPU("client CPU-s per million", "%.2f"),
    CLIENT_COLLECTING("  of it collecting garbage", "%.2f"),
    CLIENT_COMPILING("  and beside it compiling", "%.2f"),
    ALLOCATED("server bytes allocated per message", "%,.0f"),
    PEAK("server peak memory, MiB", "%,.0f"),
    FIRST("start of the consumer to its first message, ms", "%,.0f"),
    START("start to first acknowledged message, s", "%.2f"),
    IDLE_MEMORY("idle memory, MiB", "%,.0f"),
    IDLE_CPU("idle CPU, % of a core", "%.2f"),
    ERRORS("failed sends", "%,.0f");

    private final String shown;
    private final String format;

    Figure(String shown, String format) {
        this.shown = shown;
        this.format = format;
    }

    /// @return the line's title in a table
    public String shown() {
        return shown;
    }

    public String show(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /// @return its name in JSON
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
