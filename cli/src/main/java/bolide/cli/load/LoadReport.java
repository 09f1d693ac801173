package bolide.cli.load;

import bolide.protocol.json.JsonWriter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a run came to.
///
/// @param what `produce` or `consume`
/// @param messages how many were acknowledged, or received
/// @param seconds how long that took
/// @param perSecond messages per second; 0 when there was no time between them
/// @param p50Millis median latency, as the command's help defines it
/// @param firstMillis from the start to the first message, where that is measured and one came
/// @param errors by kind
record LoadReport(
        String what,
        long messages,
        double seconds,
        double perSecond,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        OptionalDouble firstMillis,
        Map<String, Errors.Kind> errors) {
    private static final double MILLI = 1e6;
    private static final double NANOS = 1e9;

    /// @param counted how many of the messages came within the time
    static LoadReport of(String what, Figures figures, long counted, long nanos) {
        return new LoadReport(
                what,
                figures.messages(),
                nanos / NANOS,
                nanos > 0 ? counted * NANOS / nanos : 0,
                figures.latencyNanos(50) / MILLI,
                figures.latencyNanos(99) / MILLI,
                figures.latencyNanos(99.9) / MILLI,
                figures.latencyNanos(100) / MILLI,
                OptionalDouble.empty(),
                figures.errors().kinds());
    }

    /// @param nanos from the start to the first message; none when there was none
    LoadReport withFirst(OptionalLong nanos) {
        return new LoadReport(
                what,
                messages,
                seconds,
                perSecond,
                p50Millis,
                p99Millis,
                p999Millis,
                maxMillis,
                nanos.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(nanos.getAsLong() / MILLI),
                errors);
    }

    boolean isClean() {
        return errors.isEmpty();
    }

    String toJson() {
        JsonWriter kinds = new JsonWriter().beginObject();
        errors.forEach((kind, error) ->
                kinds.name(kind)
                        .beginObject()
                        .name("count")
                        .value(error.count())
                        .name("first")
                        .value(error.first())
                        .endObject());
        return String.format(
                Locale.ROOT,
                "{\"load\":\"%s\",\"messages\":%d,\"seconds\":%.3f,\"per_s\":%.0f,"
                        + "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"max_ms\":%.3f,"
                        + "%s\"errors\":%s}",
                what,
                messages,
                seconds,
                perSecond,
                p50Millis,
                p99Millis,
                p999Millis,
                maxMillis,
                first("\"first_ms\":%.3f,"),
                kinds.endObject());
    }

    /// @return a few lines for people
    String toTable() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        """
                        messages        %,12d   in %.1f s
                        rate            %,12.0f /s
                        latency         %12.3f ms median
                                        %12.3f ms at the 99th percentile
                                        %12.3f ms at the 99.9th
                                        %12.3f ms at most
                        %serrors          %,12d
                        """,
                        messages,
                        seconds,
                        perSecond,
                        p50Millis,
                        p99Millis,
                        p999Millis,
                        maxMillis,
                        first("first message   %12.3f ms after the start\n"),
                        errors.values().stream().mapToLong(Errors.Kind::count).sum()));
        errors.forEach((kind, error) ->
                text.append(
                        String.format(
                                Locale.ROOT,
                                "  %s, %,d times, first: %s%n",
                                kind,
                                error.count(),
                                error.first())));
        return text.toString();
    }

    private String first(String format) {
        return firstMillis.isEmpty()
                ? ""
                : String.format(Locale.ROOT, format, firstMillis.getAsDouble());
    }
}
