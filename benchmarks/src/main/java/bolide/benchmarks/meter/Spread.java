package bolide.benchmarks.meter;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// The middle and the ends of what several rounds gave.
public record Spread(double median, double lowest, double highest) {
    public static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
