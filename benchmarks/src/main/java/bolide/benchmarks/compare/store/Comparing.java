package bolide.benchmarks.compare.store;

import bolide.benchmarks.process.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the rounds of comparisons.
final class Comparing {
    private final TrialProcess processes;
    private final Scratch scratch;
    private final Map<Trial, Path> filled = new HashMap<>();

    Comparing(TrialProcess processes, Scratch scratch) {
        this.processes = processes;
        this.scratch = scratch;
    }

    /// Runs left and right in turns, so that what else goes on in the machine meets both.
    List<Round> run(Comparison comparison, int rounds) throws IOException, InterruptedException {
        List<Round> run = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Measurement left = measure(comparison.left().trial());
            Optional<Measurement> right =
                    comparison.right().isEmpty()
                            ? Optional.empty()
                            : Optional.of(measure(comparison.right().get().trial()));
            run.add(new Round(left, right));
        }
        for (Path folder : filled.values()) {
            scratch.delete(folder);
        }
        filled.clear();
        return run;
    }

    private Measurement measure(Trial trial) throws IOException, InterruptedException {
        Path folder =
                trial.workload().opens()
                        ? scratch.copy(filledFor(trial))
                        : scratch.folder("measured");
        try {
            return processes.measure(trial, folder);
        } finally {
            scratch.delete(folder);
        }
    }

    private Path filledFor(Trial trial) throws IOException, InterruptedException {
        Path folder = filled.get(trial);
        if (folder == null) {
            folder = scratch.folder("filled");
            filled.put(trial, folder);
            processes.fill(trial, folder);
        }
        return folder;
    }
}
