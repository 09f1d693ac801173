package bolide.benchmarks.compare.system;

import bolide.benchmarks.process.Scratch;
import bolide.benchmarks.server.ServerKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures Bolide's server beside others, each in processes of its own, in turns.
public final class SystemComparing {
    private final Path directory;
    private final Effort effort;
    private final PrintWriter progress;

    /// @param directory where data goes for a while
    public SystemComparing(Path directory, Effort effort, PrintWriter progress) {
        this.directory = directory;
        this.effort = effort;
        this.progress = progress;
    }

    /// @param others beside Bolide; those that cannot do this are left out
    public SystemReport run(SystemWorkload workload, List<ServerKind> others)
            throws IOException, InterruptedException {
        List<ServerKind> kinds = new ArrayList<>(List.of(ServerKind.BOLIDE));
        kinds.addAll(others);
        kinds.retainAll(workload.servers());
        try (Scratch scratch = new Scratch(directory)) {
            Contest contest = new Contest(workload, effort, scratch, progress);
            Rounds rounds =
                    switch (workload.shape()) {
                        case STEADY, COLD -> new SteadyRun(contest).run(kinds);
                        case START, RECOVERY -> new StartRun(contest).run(kinds);
                    };
            return new SystemReport(workload, effort, rounds);
        }
    }
}
