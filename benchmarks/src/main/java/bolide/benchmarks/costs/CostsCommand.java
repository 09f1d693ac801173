package bolide.benchmarks.costs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures what a server costs by how much it has of something.
@Command(
        name = "costs",
        description =
                "Measures Bolide's server with few and with many topics, queues, groups,"
                        + " connections, and with little and much stored: CPU for a message,"
                        + " memory, start.",
        sortOptions = false)
public final class CostsCommand implements Callable<Integer> {
    private static final double LOWEST_SECONDS = 0.1;

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
    private int most = Integer.MAX_VALUE;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the data goes for a while. Default: the machine's temporary one.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--json", description = "A line of JSON for each.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Parameters(
            paramLabel = "NAME",
            split = ",",
            description = "What to have much of. Default: all of ${COMPLETION-CANDIDATES}.")
    private List<Dimension> dimensions = new ArrayList<>(List.of(Dimension.values()));

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkLowest("--seconds", seconds, LOWEST_SECONDS);
        checkLowest("--warm-up", warmUp, 0);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CostRun run = new CostRun(directory, warmUp, seconds);
        if (!json) {
            out.println(Cost.TITLE);
        }
        for (Dimension dimension : dimensions) {
            for (int size : dimension.sizes()) {
                if (size <= most) {
                    err.println("bolide bench: costs: " + size + " " + dimension.about());
                    err.flush();
                    Cost cost = run.measure(dimension, size);
                    out.println(json ? cost.toJson() : cost.toRow());
                    out.flush();
                }
            }
        }
        return 0;
    }

    private void checkLowest(String option, double value, double lowest) {
        if (value < lowest) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + "; choose at least " + lowest);
        }
    }
}
