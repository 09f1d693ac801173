package bolide.benchmarks.plot;

import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.Spread;
import java.util.Locale;

/// Shows a result as a table for a page of Markdown: medians with the ranges of the rounds.
final class MarkdownTable {
    private MarkdownTable() {}

    static String of(Result result) {
        StringBuilder table = new StringBuilder();
        table.append("**`").append(result.name()).append("`**: ").append(result.about());
        table.append("\n\n| |");
        result.servers().forEach(server -> table.append(" ").append(server.name()).append(" |"));
        table.append("\n|---|").append("---|".repeat(result.servers().size())).append('\n');
        for (Figure figure : Figure.values()) {
            if (result.has(figure)) {
                table.append(row(figure, result));
            }
        }
        for (Result.Goal goal : result.goals()) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "%nGoal: %s; reached %.3g, %s.%n",
                            goal.text(),
                            goal.reached(),
                            goal.met() ? "met" : "missed"));
        }
        return table.toString();
    }

    private static String row(Figure figure, Result result) {
        StringBuilder row = new StringBuilder("| ").append(figure.shown().strip()).append(" |");
        for (Result.Server server : result.servers()) {
            Spread spread = server.spread(figure);
            row.append(
                    " %s (%s to %s) |"
                            .formatted(
                                    figure.show(spread.median()),
                                    figure.show(spread.lowest()),
                                    figure.show(spread.highest())));
        }
        return row.append('\n').toString();
    }
}
