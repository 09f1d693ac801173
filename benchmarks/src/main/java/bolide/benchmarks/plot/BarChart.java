package bolide.benchmarks.plot;

import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.Spread;
import java.util.List;
import java.util.Locale;

/// Draws a result as SVG: a group of bars for each figure, a bar for each server, the median with
/// the range of the rounds.
final class BarChart {
    private static final List<Figure> DRAWN =
            List.of(
                    Figure.RATE,
                    Figure.SERVER_CPU,
                    Figure.P50,
                    Figure.P99,
                    Figure.FIRST,
                    Figure.START,
                    Figure.IDLE_MEMORY,
                    Figure.IDLE_CPU);
    private static final List<String> COLOURS = List.of("#2563eb", "#dc2626", "#6b7280", "#a3a3a3");
    private static final int WIDTH = 760;
    private static final int LEFT = 120;
    private static final int LONGEST = 380; // of a bar
    private static final int BAR = 18;
    private static final int GAP = 6;
    private static final int TITLE = 28;

    private final StringBuilder svg = new StringBuilder();
    private int y = TITLE;

    private BarChart() {}

    static String of(Result result) {
        BarChart chart = new BarChart();
        for (Figure figure : DRAWN) {
            if (result.has(figure)) {
                chart.group(figure, result);
            }
        }
        return String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<text x=\"10\" y=\"20\" font-weight=\"bold\">%s: %s</text>%n%s</svg>%n",
                WIDTH, chart.y + GAP, result.name(), result.about(), chart.svg);
    }

    private void group(Figure figure, Result result) {
        y += BAR;
        text(10, y, figure.shown().strip());
        y += GAP;
        double longest =
                result.servers().stream()
                        .mapToDouble(server -> server.spread(figure).highest())
                        .max()
                        .orElseThrow();
        for (int i = 0; i < result.servers().size(); i++) {
            Result.Server server = result.servers().get(i);
            bar(server.name(), server.spread(figure), figure, longest, COLOURS.get(i));
        }
        y += GAP;
    }

    private void bar(String server, Spread spread, Figure figure, double longest, String colour) {
        double scale = longest > 0 ? LONGEST / longest : 0;
        double low = LEFT + spread.lowest() * scale;
        double high = LEFT + spread.highest() * scale;
        int middle = y + BAR / 2;
        text(10, y + BAR - 5, server);
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LEFT, y, spread.median() * scale, BAR, colour);
        add(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"black\"/>%n",
                low, middle, high, middle);
        text(
                (int) Math.max(high, LEFT + spread.median() * scale) + GAP,
                y + BAR - 5,
                "%s (%s to %s)"
                        .formatted(
                                figure.show(spread.median()),
                                figure.show(spread.lowest()),
                                figure.show(spread.highest())));
        y += BAR + 2;
    }

    private void text(int x, int baseline, String text) {
        add("<text x=\"%d\" y=\"%d\">%s</text>%n", x, baseline, text);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
