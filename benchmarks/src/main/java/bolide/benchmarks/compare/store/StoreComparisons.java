package bolide.benchmarks.compare.store;

import bolide.benchmarks.meter.LoadAverage;
import bolide.benchmarks.process.Peers;
import bolide.benchmarks.process.Scratch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// Bolide's store beside Apache's, each in processes of its own, in turns.
public final class StoreComparisons {
    private final List<Comparison> all;

    /// @param messages that are appended
    /// @param logMib of the log that is opened
    /// @param queues of the store that is opened
    public StoreComparisons(long messages, long logMib, int queues) {
        this.all = Comparison.all(new Comparison.Size(messages, logMib, queues));
    }

    public List<String> names() {
        return all.stream().map(Comparison::name).toList();
    }

    /// Prints each as soon as it is measured.
    ///
    /// @param jvm more options for the measured processes
    public void run(
            List<String> names,
            int rounds,
            Path directory,
            List<String> jvm,
            boolean json,
            PrintWriter out)
            throws IOException, InterruptedException {
        try (Scratch scratch = new Scratch(directory)) {
            TrialProcess processes = new TrialProcess(Peers.folder("store"), jvm, scratch);
            Comparing comparing = new Comparing(processes, scratch);
            for (Comparison comparison : all) {
                if (names.contains(comparison.name())) {
                    List<Round> run = comparing.run(comparison, rounds);
                    Report report = new Report(comparison, run, LoadAverage.now());
                    out.println(json ? report.toJson() : report.toTable());
                    out.flush();
                }
            }
        }
    }
}
