package bolide.benchmarks.compare.system;

import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.meter.Spread;
import java.util.List;
import java.util.stream.IntStream;

/// One server's figure by another's, round by round.
final class Ratios {
    private Ratios() {}

    static Spread of(Figure figure, List<Reading> ones, List<Reading> others) {
        return Spread.of(
                IntStream.range(0, Math.min(ones.size(), others.size())).boxed().toList(),
                round -> ones.get(round).get(figure) / others.get(round).get(figure));
    }
}
