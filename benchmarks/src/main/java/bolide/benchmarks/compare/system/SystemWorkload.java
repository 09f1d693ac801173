package bolide.benchmarks.compare.system;

import bolide.benchmarks.load.LoadPlan;
import bolide.benchmarks.server.ServerKind;
import java.util.List;
import java.util.Set;

/// Something that servers are measured at.
///
/// @param name what the command line calls it
/// @param about what is done, for people
/// @param servers who can do it
/// @param goals what Bolide should come to
public record SystemWorkload(
        String name,
        String about,
        Shape shape,
        LoadPlan plan,
        boolean sync,
        Set<ServerKind> servers,
        List<SystemGoal> goals) {
    /// How it is measured.
    enum Shape {
        /// Servers that run and are warm take turns.
        STEADY,
        /// Likewise, but started again after they were filled, with nothing of it in memory.
        COLD,
        /// Servers are started, one after the other, with no data.
        START,
        /// Servers are filled once, killed, and started from a copy of what they left.
        RECOVERY
    }
}
