package bolide.benchmarks.meter;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What one round of one server gave.
public record Reading(Map<Figure, Double> figures) {
    public Reading {
        figures = new EnumMap<>(figures);
    }

    /// @param line what [#toLine] gave
    public static Reading ofLine(String line) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (String word : line.split(" ")) {
            int at = word.indexOf('=');
            figures.put(
                    Figure.valueOf(word.substring(0, at)), Double.valueOf(word.substring(at + 1)));
        }
        return new Reading(figures);
    }

    public String toLine() {
        return figures.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    public String toJson() {
        return figures.entrySet().stream()
                .map(entry ->
                        String.format(
                                Locale.ROOT, "\"%s\":%.6g", entry.getKey().key(), entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    public boolean has(Figure figure) {
        return figures.containsKey(figure);
    }

    public double get(Figure figure) {
        return figures.get(figure);
    }
}
