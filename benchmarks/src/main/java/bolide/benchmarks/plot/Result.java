package bolide.benchmarks.plot;

import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.meter.Spread;
import java.util.List;

/// One line that a comparison of servers printed.
///
/// @param servers in the order in which they took turns
record Result(String name, String about, List<Server> servers, List<Goal> goals) {
    /// @param rounds what each round gave
    record Server(String name, List<Reading> rounds) {
        boolean has(Figure figure) {
            return !rounds.isEmpty() && rounds.stream().allMatch(round -> round.has(figure));
        }

        Spread spread(Figure figure) {
            return Spread.of(rounds, round -> round.get(figure));
        }
    }

    record Goal(String text, double reached, boolean met) {}

    /// @return whether every server has that figure
    boolean has(Figure figure) {
        return servers.stream().allMatch(server -> server.has(figure));
    }
}
