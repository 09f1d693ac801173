package bolide.app.command;

import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Stands in the help for a benchmark that is not shipped.
@Command(
        description =
                "Measures Bolide beside others, or its hot parts; only as ./bolide bench in a"
                        + " source checkout.")
final class CheckoutCommand implements Callable<Integer> {
    private final String name;

    @Unmatched private List<String> words = new ArrayList<>();

    private CheckoutCommand(String name) {
        this.name = name;
    }

    static CommandLine line(String name, String description) {
        CommandLine line = new CommandLine(new CheckoutCommand(name));
        line.getCommandSpec()
                .usageMessage()
                .description(description + "; only as ./bolide bench in a source checkout.");
        return line;
    }

    @Override
    public Integer call() {
        throw new CommandFailure(
                ExitCode.WRONG_USAGE,
                "this benchmark runs in a source checkout only: use ./bolide bench " + name);
    }
}
