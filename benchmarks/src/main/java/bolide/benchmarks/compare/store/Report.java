package bolide.benchmarks.compare.store;

import bolide.benchmarks.meter.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Shows what a comparison gave: a few lines for people, or a line of JSON.
final class Report {
    private static final String NUMBER = "\"%s\":%.6g";

    private final Comparison comparison;
    private final List<Round> rounds;
    private final String load;

    /// @param load the machine's load average when the comparison ended
    Report(Comparison comparison, List<Round> rounds, String load) {
        this.comparison = comparison;
        this.rounds = rounds;
        this.load = load;
    }

    String toTable() {
        StringBuilder table = new StringBuilder();
        boolean opens = comparison.left().trial().workload().opens();
        table.append(comparison.name()).append(": ").append(comparison.about()).append('\n');
        table.append(
                String.format(
                        "  %-14s %-34s %-28s %s%n",
                        rounds.size() + " rounds",
                        opens ? "seconds" : "messages per second",
                        opens ? "CPU-seconds" : "CPU-seconds per million",
                        "bytes allocated " + (opens ? "(MiB)" : "per message")));
        table.append(row(comparison.left().shown(), Round.lefts(rounds), opens));
        comparison
                .right()
                .ifPresent(right -> {
                    table.append(row(right.shown(), Round.rights(rounds), opens));
                    table.append(ratios());
                });
        table.append(
                String.format(
                        Locale.ROOT,
                        "  %-14s %s: %.2f, %s   (load average %s)%n",
                        "goal",
                        comparison.goal(),
                        comparison.goal().reached(rounds),
                        comparison.goal().isMet(rounds) ? "met" : "MISSED",
                        load));
        return table.toString();
    }

    private static String row(String name, List<Measurement> measured, boolean opens) {
        return opens
                ? row(
                        name,
                        shown(Spread.of(measured, Measurement::seconds), "%.3f"),
                        shown(Spread.of(measured, Measurement::cpuSeconds), "%.2f"),
                        shown(Spread.of(measured, m -> m.allocatedBytes() / 1048576.0), "%.0f"))
                : row(
                        name,
                        shown(Spread.of(measured, Measurement::perSecond), "%,.0f"),
                        shown(Spread.of(measured, Measurement::cpuSecondsPerMillion), "%.2f"),
                        shown(Spread.of(measured, Measurement::bytesPerMessage), "%,.0f"));
    }

    private static String row(String name, String rate, String cpu, String bytes) {
        return String.format("  %-14s %-34s %-28s %s%n", name, rate, cpu, bytes);
    }

    private String ratios() {
        return row(
                "ratio",
                shown(Spread.of(rounds, Round::rateRatio), "%.2f"),
                shown(Spread.of(rounds, Round::perCpuSecondRatio), "%.2f"),
                "");
    }

    private static String shown(Spread spread, String format) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                spread.median(),
                spread.lowest(),
                spread.highest());
    }

    String toJson() {
        List<String> sides = new ArrayList<>();
        sides.add(json(comparison.left().shown(), Round.lefts(rounds)));
        comparison.right().ifPresent(right -> sides.add(json(right.shown(), Round.rights(rounds))));
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"load\":\"%s\",\"goal\":\"%s\",\"reached\":%.6g,\"met\":%b,"
                        + "\"contestants\":[%s]}",
                comparison.name(),
                load,
                comparison.goal(),
                comparison.goal().reached(rounds),
                comparison.goal().isMet(rounds),
                String.join(",", sides));
    }

    private static String json(String name, List<Measurement> measured) {
        List<String> rounds = measured.stream().map(Report::json).toList();
        return "{\"name\":\"" + name + "\",\"rounds\":[" + String.join(",", rounds) + "]}";
    }

    private static String json(Measurement measured) {
        return String.format(
                Locale.ROOT,
                "{\"messages\":%d,"
                        + String.join(",", NUMBER, NUMBER, NUMBER, NUMBER)
                        + ",\"allocated_bytes\":%d}",
                measured.messages(),
                "acknowledged_s",
                measured.acknowledgedSeconds(),
                "seconds",
                measured.seconds(),
                "cpu_s",
                measured.cpuSeconds(),
                "compiler_cpu_s",
                measured.compilerSeconds(),
                measured.allocatedBytes());
    }
}
