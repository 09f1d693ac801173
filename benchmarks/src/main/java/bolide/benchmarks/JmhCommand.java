package bolide.benchmarks;

import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs the benchmarks of single parts. JMH reads the words itself.
@Command(
        name = "jmh",
        description =
                "Runs JMH on the benchmarks that match; takes JMH's own options, which -h shows.")
final class JmhCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Parameters(paramLabel = "WORD", description = "Patterns and options of JMH.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws IOException, RunnerException {
        CommandLineOptions options = read();
        if (options.shouldHelp()) {
            options.showHelp();
        } else if (options.shouldList()) {
            new Runner(options).list();
        } else {
            run(options);
        }
        return ExitCode.OK;
    }

    private CommandLineOptions read() {
        try {
            return new CommandLineOptions(words.toArray(String[]::new));
        } catch (CommandLineOptionException wrong) {
            throw new ParameterException(
                    spec.commandLine(), wrong.getMessage() + "; '-h' shows what JMH takes");
        }
    }

    private static void run(CommandLineOptions options) throws RunnerException {
        try {
            new Runner(options).run();
        } catch (NoBenchmarksException none) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "no benchmark matches '%s'; 'bolide bench jmh -l' lists them"
                            .formatted(String.join("', '", options.getIncludes())));
        }
    }
}
