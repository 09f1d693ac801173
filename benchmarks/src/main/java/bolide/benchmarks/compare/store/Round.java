package bolide.benchmarks.compare.store;

import java.util.List;
import java.util.Optional;

/// What the two contestants of a comparison took, one right after the other.
///
/// @param right empty when nothing is compared
record Round(Measurement left, Optional<Measurement> right) {
    static double rateRatio(Round round) {
        return round.left().perSecond() / round.right().orElseThrow().perSecond();
    }

    static double perCpuSecondRatio(Round round) {
        return round.left().perCpuSecond() / round.right().orElseThrow().perCpuSecond();
    }

    static List<Measurement> rights(List<Round> rounds) {
        return rounds.stream().flatMap(round -> round.right().stream()).toList();
    }

    static List<Measurement> lefts(List<Round> rounds) {
        return rounds.stream().map(Round::left).toList();
    }
}
