package bolide.benchmarks.compare.system;

import bolide.benchmarks.load.WarmUp;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.server.ServerKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What servers gave that took turns.
///
/// @param readings of each server, a round each
/// @param flags how each was started
/// @param warmUps where there was one
record Rounds(
        Map<ServerKind, List<Reading>> readings,
        Map<ServerKind, String> flags,
        Map<ServerKind, WarmUp> warmUps) {
    Rounds() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    void add(ServerKind kind, Reading reading) {
        readings.computeIfAbsent(kind, first -> new ArrayList<>()).add(reading);
    }
}
