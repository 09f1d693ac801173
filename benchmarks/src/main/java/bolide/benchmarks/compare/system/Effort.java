package bolide.benchmarks.compare.system;

import java.util.List;

/// How much time a comparison may take.
///
/// @param seconds of each round of a load that has no end of its own
/// @param warmUpSeconds at most
/// @param usesMemory whether rounds find the machine's memory in use
/// @param jvm more options for the JVM of Bolide's server
public record Effort(
        int rounds, double seconds, double warmUpSeconds, boolean usesMemory, List<String> jvm) {}
