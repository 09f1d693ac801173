package bolide.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Runs the benchmarks of single parts. JMH reads the words itself.
@Command(
        name = "jmh",
        description = "Runs JMH on the benchmarks that match; takes JMH's own options, see -h.")
final class JmhCommand implements Callable<Integer> {
    @Parameters(paramLabel = "WORD", description = "Patterns and options of JMH.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        CommandLineOptions options = new CommandLineOptions(words.toArray(String[]::new));
        if (options.shouldHelp()) {
            options.showHelp();
        } else if (options.shouldList()) {
            new Runner(options).list();
        } else {
            new Runner(options).run();
        }
        return 0;
    }
}
