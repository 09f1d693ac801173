package bolide.app.command;

import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Stands in the help for what the script in a source checkout does.
@Command(
        name = "bench",
        description =
                "Measures the store, beside Apache's or with JMH; only as ./bolide bench in a"
                        + " source checkout.")
public final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "WORD", description = "compare or jmh, and their options.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() {
        throw new CommandFailure(
                ExitCode.WRONG_USAGE,
                "benchmarks run in a source checkout only: use ./bolide bench");
    }
}
