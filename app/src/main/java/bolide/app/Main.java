package bolide.app;

import bolide.app.command.BenchCommand;
import bolide.app.command.DemoCommand;
import bolide.app.command.ServeCommand;
import bolide.app.command.StoreCommand;
import bolide.app.command.TestCommand;
import bolide.cli.Commands;
import bolide.cli.VersionCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where the program begins.
@Command(
        name = "bolide",
        description = "A messaging server that speaks Apache RocketMQ's protocol.")
public final class Main implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    Main() {}

    public static void main(String[] arguments) {
        System.exit(
                run(
                        new PrintWriter(System.out, true),
                        new PrintWriter(System.err, true),
                        arguments));
    }

    /// @return the exit code
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        SequencedMap<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("store", StoreCommand::new);
        commands.put("test", TestCommand::new);
        commands.put("bench", BenchCommand::line);
        commands.put("version", VersionCommand::new);
        commands.put("help", HelpCommand::new);
        return Commands.run(new Main(), commands, out, err, arguments);
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command, one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
