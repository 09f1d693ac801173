package bolide.app;

import bolide.app.command.BenchCommand;
import bolide.app.command.DemoCommand;
import bolide.app.command.ServeCommand;
import bolide.app.command.StoreCommand;
import bolide.app.command.TestCommand;
import bolide.cli.Commands;
import bolide.cli.VersionCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where the program begins.
@Command(
        name = "bolide",
        description = "A messaging server that speaks Apache RocketMQ's protocol.",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            StoreCommand.class,
            TestCommand.class,
            BenchCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class Main implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    Main() {}

    public static void main(String[] arguments) {
        System.exit(Commands.run(new Main(), arguments));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command, one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
