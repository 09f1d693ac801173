package bolide.benchmarks;

import bolide.benchmarks.compare.CompareCommand;
import bolide.benchmarks.costs.CostsCommand;
import bolide.benchmarks.plot.PlotCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What `./bolide bench` runs.
@Command(
        name = "bolide bench",
        description = "Measures Bolide.",
        synopsisSubcommandLabel = "(compare | costs | plot | jmh)")
public final class Bench {
    private Bench() {}

    public static void main(String[] words) {
        CommandLine line = new CommandLine(new Bench());
        line.addSubcommand(new CompareCommand());
        line.addSubcommand(new CostsCommand());
        line.addSubcommand(new PlotCommand());
        line.addSubcommand(
                new CommandLine(new JmhCommand()).setUnmatchedOptionsArePositionalParams(true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof IOException)) {
                throw failure;
            }
            command.getErr().println("bolide bench: " + failure.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        System.exit(line.execute(words));
    }
}
