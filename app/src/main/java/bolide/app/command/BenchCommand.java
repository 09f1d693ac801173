package bolide.app.command;

import bolide.app.server.Seams;
import bolide.cli.load.ConsumeCommand;
import bolide.cli.load.LoadTools;
import bolide.cli.load.ProduceCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Measures a server under load; stands in the help for what else the script in a source checkout
/// measures.
@Command(name = "bench", description = "Puts load on a server and measures it.")
public final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    private BenchCommand() {}

    /// @return the command with those below it
    public static CommandLine line() {
        System.setProperty("bolide.log", "WARN"); // before anything logs; see logback.xml
        LoadTools tools = new LoadTools(Seams.clock(), Seams.nanoClock(), Seams.threads());
        return new CommandLine(new BenchCommand())
                .addSubcommand(new ProduceCommand(tools))
                .addSubcommand(new ConsumeCommand(tools))
                .addSubcommand(
                        "compare", CheckoutCommand.line("compare", "Measures Bolide beside others"))
                .addSubcommand(
                        "costs",
                        CheckoutCommand.line(
                                "costs", "Measures what having much of something costs"))
                .addSubcommand("plot", CheckoutCommand.line("plot", "Draws what comparisons gave"))
                .addSubcommand("jmh", CheckoutCommand.line("jmh", "Measures the hot parts"));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "name what to do, one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
