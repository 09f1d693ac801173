package bolide.app.command;

import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Stands in the help for what the script in a source checkout does.
@Command(
        name = "test",
        description = "Builds and tests everything; only as ./bolide test in a source checkout.")
public final class TestCommand implements Callable<Integer> {
    @Option(
            names = "--all",
            description = "With more crash cycles, older clients and the stores of Apache brokers.")
    private boolean all;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() {
        throw new CommandFailure(
                ExitCode.WRONG_USAGE,
                "tests run in a source checkout only: use ./bolide test" + (all ? " --all" : ""));
    }
}
