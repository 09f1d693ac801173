package bolide.benchmarks.compare.system;

import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.meter.Spread;
import bolide.benchmarks.server.ServerKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a figure of Bolide should come to, by itself or as a share of somebody else's in the same
/// rounds.
///
/// @param bound included
record SystemGoal(Figure figure, boolean atMost, double bound, Optional<ServerKind> against) {
    static SystemGoal atMost(Figure figure, double bound) {
        return new SystemGoal(figure, true, bound, Optional.empty());
    }

    static SystemGoal atMost(Figure figure, double share, ServerKind against) {
        return new SystemGoal(figure, true, share, Optional.of(against));
    }

    static SystemGoal atLeast(Figure figure, double times, ServerKind against) {
        return new SystemGoal(figure, false, times, Optional.of(against));
    }

    /// @return the median of the rounds; empty when that other server did not run
    OptionalDouble reached(Map<ServerKind, List<Reading>> rounds) {
        List<Reading> bolide = rounds.get(ServerKind.BOLIDE);
        if (against.isEmpty()) {
            return OptionalDouble.of(Spread.of(bolide, r -> r.get(figure)).median());
        }
        List<Reading> other = rounds.get(against.get());
        return other == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Ratios.of(figure, bolide, other).median());
    }

    boolean isMet(double reached) {
        return atMost ? reached <= bound : reached >= bound;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s at %s %s",
                figure.shown().strip(),
                atMost ? "most" : "least",
                against.map(kind -> String.format(Locale.ROOT, "%.3g x %s's", bound, kind.word()))
                        .orElseGet(() -> String.format(Locale.ROOT, "%.3g", bound)));
    }
}
