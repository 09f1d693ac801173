package bolide.benchmarks.costs;

import bolide.benchmarks.options.MeasurementOptions;
import bolide.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what a server costs by how much it has of something.
@Command(
        name = "costs",
        description =
                "Measures Bolide's server with few and with many topics, queues, groups,"
                        + " connections, and with little and much stored: CPU for a message,"
                        + " memory, start. Names: topics, queues, groups, connections, stored.",
        sortOptions = false)
public final class CostsCommand implements Callable<Integer> {
    private static final int HIGHEST_MOST = 1_000_000;

    @Spec private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long messages are counted. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long a server may warm up until its compilers are quiet. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "Nothing of which there is more than N. Default: everything.")
    private Optional<Integer> most;

    @Mixin private MeasurementOptions options = new MeasurementOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.check(seconds, warmUp);
        most.ifPresent(count -> options.checkRange("--most", count, 1, HIGHEST_MOST));
        List<Dimension> dimensions = dimensions();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CostRun run = new CostRun(options.directory(), options.usesMemory(), warmUp, seconds);
        if (!options.json()) {
            out.println(Cost.TITLE);
        }
        for (Dimension dimension : dimensions) {
            for (int size : dimension.sizes()) {
                if (size <= most.orElse(Integer.MAX_VALUE)) {
                    err.println("bolide bench: costs: " + size + " " + dimension.about());
                    err.flush();
                    Cost cost = run.measure(dimension, size);
                    out.println(options.json() ? cost.toJson() : cost.toRow());
                    out.flush();
                }
            }
        }
        return ExitCode.OK;
    }

    private List<Dimension> dimensions() {
        List<Dimension> all = List.of(Dimension.values());
        List<String> chosen = options.chosen("cost", all.stream().map(Dimension::word).toList());
        List<Dimension> dimensions =
                all.stream().filter(dimension -> chosen.contains(dimension.word())).toList();
        for (Dimension dimension : dimensions) {
            int fewest = dimension.sizes().getFirst();
            if (options.names(dimension.word()) && fewest > most.orElse(Integer.MAX_VALUE)) {
                throw options.wrong(
                        "--most is %d, but what is measured of %s begins at %d"
                                .formatted(most.get(), dimension.word(), fewest));
            }
        }
        return dimensions;
    }
}
