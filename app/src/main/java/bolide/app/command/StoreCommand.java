package bolide.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Looks at the directory of a server that does not run, and mends it or takes it over.
@Command(
        name = "store",
        description = "Checks, shows, mends or takes over a data directory.",
        subcommands = {
            VerifyCommand.class,
            DumpCommand.class,
            RepairCommand.class,
            TakeOverCommand.class
        })
public final class StoreCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "name what to do, one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
