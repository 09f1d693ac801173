package bolide.benchmarks.compare.store;

import bolide.benchmarks.meter.Spread;
import java.util.List;
import java.util.Locale;

/// What a comparison should come to.
record Goal(Figure figure, double bound) {
    /// What is looked at, always the median of the rounds.
    enum Figure {
        RATE_RATIO("messages per second, ratio", "x"),
        PER_CPU_SECOND_RATIO("messages per CPU-second, ratio", "x"),
        SECONDS("seconds", "s");

        private final String shown;
        private final String unit;

        Figure(String shown, String unit) {
            this.shown = shown;
            this.unit = unit;
        }
    }

    double reached(List<Round> rounds) {
        return switch (figure) {
            case RATE_RATIO -> Spread.of(rounds, Round::rateRatio).median();
            case PER_CPU_SECOND_RATIO -> Spread.of(rounds, Round::perCpuSecondRatio).median();
            case SECONDS -> Spread.of(Round.lefts(rounds), Measurement::seconds).median();
        };
    }

    boolean isMet(List<Round> rounds) {
        double reached = reached(rounds);
        return figure == Figure.SECONDS ? reached <= bound : reached >= bound;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s %.1f %s",
                figure.shown,
                figure == Figure.SECONDS ? "at most" : "at least",
                bound,
                figure.unit);
    }
}
