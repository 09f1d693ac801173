package bolide.benchmarks.compare.system;

import bolide.benchmarks.load.WarmUp;
import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.Machine;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.meter.Spread;
import bolide.benchmarks.server.ServerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// Shows what servers gave: a table for people, or a line of JSON.
public final class SystemReport {
    private static final String TITLE = "  %-48s";
    private static final String CELL = " %-32s";
    private static final String RATIO = "%.2f";

    private final SystemWorkload workload;
    private final Effort effort;
    private final Map<ServerKind, List<Reading>> readings;
    private final Rounds rounds;

    SystemReport(SystemWorkload workload, Effort effort, Rounds rounds) {
        this.workload = workload;
        this.effort = effort;
        this.readings = rounds.readings();
        this.rounds = rounds;
    }

    /// @param load the machine's load average
    public String toTable(String load) throws IOException {
        StringBuilder table = new StringBuilder();
        table.append(workload.name()).append(": ").append(workload.about());
        table.append(workload.sync() ? "; flush before the answer" : "; async flush");
        table.append("; ").append(effort.rounds()).append(" rounds").append('\n');
        table.append(String.format(TITLE, "median (lowest to highest)"));
        for (ServerKind kind : readings.keySet()) {
            table.append(String.format(CELL, kind.shown()));
        }
        for (ServerKind other : others()) {
            table.append(String.format(CELL, "Bolide : " + other.shown()));
        }
        table.append('\n');
        for (Figure figure : Figure.values()) {
            if (isShown(figure)) {
                table.append(row(figure));
            }
        }
        rounds.warmUps().forEach((kind, warmUp) -> table.append(warmedUp(kind, warmUp)));
        rounds.flags().forEach((kind, flags) -> table.append(line(kind.word(), flags)));
        for (SystemGoal goal : workload.goals()) {
            OptionalDouble reached = goal.reached(readings);
            if (reached.isPresent()) {
                table.append(line("goal", shown(goal, reached.getAsDouble())));
            }
        }
        return table.append(line("load average", load))
                .append(line("machine", Machine.shown()))
                .toString();
    }

    private List<ServerKind> others() {
        return readings.keySet().stream().filter(kind -> kind != ServerKind.BOLIDE).toList();
    }

    /// By the best round of each, since what disturbs a round adds to it.
    ///
    /// @param ratio of Bolide's server CPU for a message to another's; included
    /// @return what is above it, or counts no such thing, a sentence each
    public List<String> excesses(double ratio) {
        if (!readings.get(ServerKind.BOLIDE).getFirst().has(Figure.SERVER_CPU)) {
            return List.of(workload.name() + " counts no server CPU for a message");
        }
        List<String> excesses = new ArrayList<>();
        for (ServerKind other : others()) {
            double reached = leastCpu(ServerKind.BOLIDE) / leastCpu(other);
            if (!(reached <= ratio)) { // so with NaN
                excesses.add(
                        String.format(
                                Locale.ROOT,
                                "%s takes "
                                        + RATIO
                                        + " x %s's server CPU for a message; at most "
                                        + RATIO
                                        + " was asked for",
                                workload.name(),
                                reached,
                                other.word(),
                                ratio));
            }
        }
        return excesses;
    }

    private double leastCpu(ServerKind kind) {
        return Spread.of(readings.get(kind), r -> r.get(Figure.SERVER_CPU)).lowest();
    }

    /// Sends that failed are shown when there were some.
    private boolean isShown(Figure figure) {
        return readings.values().stream()
                .flatMap(List::stream)
                .anyMatch(reading ->
                        reading.has(figure)
                                && (figure != Figure.ERRORS || reading.get(figure) > 0));
    }

    private String row(Figure figure) {
        StringBuilder row = new StringBuilder(String.format(TITLE, figure.shown()));
        for (List<Reading> of : readings.values()) {
            row.append(String.format(CELL, shown(Spread.of(of, r -> r.get(figure)), figure)));
        }
        for (ServerKind other : others()) {
            Spread ratio = Ratios.of(figure, readings.get(ServerKind.BOLIDE), readings.get(other));
            row.append(Double.isFinite(ratio.median()) ? String.format(CELL, shown(ratio)) : "");
        }
        return row.toString().stripTrailing() + "\n";
    }

    private static String shown(Spread spread, Figure figure) {
        return "%s (%s to %s)"
                .formatted(
                        figure.show(spread.median()),
                        figure.show(spread.lowest()),
                        figure.show(spread.highest()));
    }

    private static String shown(Spread ratio) {
        return String.format(
                Locale.ROOT,
                RATIO + " (" + RATIO + " to " + RATIO + ")",
                ratio.median(),
                ratio.lowest(),
                ratio.highest());
    }

    private static String shown(SystemGoal goal, double reached) {
        return String.format(
                Locale.ROOT, "%s: %.3g, %s", goal, reached, goal.isMet(reached) ? "met" : "MISSED");
    }

    private static String warmedUp(ServerKind kind, WarmUp warmUp) {
        return line(
                kind.word(),
                String.format(
                        Locale.ROOT,
                        "warmed up for %.0f s, until the compilers %s",
                        warmUp.seconds(),
                        warmUp.quiet() ? "were quiet" : "had no more time, and were NOT quiet"));
    }

    private static String line(String title, String text) {
        return "  %-14s %s%n".formatted(title, text);
    }

    public String toJson(String load) throws IOException {
        List<String> goals = new ArrayList<>();
        for (SystemGoal goal : workload.goals()) {
            OptionalDouble reached = goal.reached(readings);
            if (reached.isPresent()) {
                goals.add(json(goal, reached.getAsDouble()));
            }
        }
        List<String> servers = new ArrayList<>();
        for (ServerKind kind : readings.keySet()) {
            servers.add(server(kind));
        }
        return "{\"name\":\"%s\",\"about\":\"%s\",\"load\":\"%s\",\"machine\":\"%s\",\"goals\":[%s],\"servers\":[%s]}"
                .formatted(
                        workload.name(),
                        workload.about(),
                        load,
                        Machine.shown(),
                        String.join(",", goals),
                        String.join(",", servers));
    }

    private static String json(SystemGoal goal, double reached) {
        return String.format(
                Locale.ROOT,
                "{\"goal\":\"%s\",\"reached\":%.6g,\"met\":%b}",
                goal,
                reached,
                goal.isMet(reached));
    }

    private String server(ServerKind kind) throws IOException {
        WarmUp warmUp = rounds.warmUps().get(kind);
        String warmed =
                warmUp == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "\"warm_up_s\":%.1f,\"quiet\":%b,",
                                warmUp.seconds(),
                                warmUp.quiet());
        return "{\"name\":\"%s\",\"flags\":\"%s\",%s\"rounds\":[%s]}"
                .formatted(
                        kind.shown(),
                        rounds.flags().get(kind),
                        warmed,
                        String.join(
                                ",", readings.get(kind).stream().map(Reading::toJson).toList()));
    }
}
