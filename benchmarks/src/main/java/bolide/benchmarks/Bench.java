package bolide.benchmarks;

import bolide.benchmarks.compare.CompareCommand;
import bolide.benchmarks.costs.CostsCommand;
import bolide.benchmarks.plot.PlotCommand;
import bolide.benchmarks.process.Problem;
import bolide.cli.CommandFailure;
import bolide.cli.Commands;
import bolide.cli.ExitCode;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/// What `./bolide bench` runs.
@Command(
        name = "bolide bench",
        description = "Measures Bolide.",
        synopsisSubcommandLabel = "(compare | costs | plot | jmh)")
public final class Bench {
    private Bench() {}

    public static void main(String[] words) {
        System.exit(line().execute(words));
    }

    static CommandLine line() {
        CommandLine line = new CommandLine(new Bench());
        line.addSubcommand(new CompareCommand());
        line.addSubcommand(new CostsCommand());
        line.addSubcommand(new PlotCommand());
        line.addSubcommand(
                new CommandLine(new JmhCommand()).setUnmatchedOptionsArePositionalParams(true));
        Commands.prepare(line);
        IExecutionExceptionHandler known = line.getExecutionExceptionHandler();
        return line.setExecutionExceptionHandler((failure, command, parsed) ->
                known.handleExecutionException(expected(failure), command, parsed));
    }

    /// Whoever measures meets the machine: files and processes that fail are no bugs.
    private static Exception expected(Exception failure) {
        return failure instanceof IOException met
                ? new CommandFailure(ExitCode.FAILED, Problem.of(met))
                : failure;
    }
}
