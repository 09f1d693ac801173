package bolide.benchmarks;

import bolide.benchmarks.compare.CompareCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What `./bolide bench` runs.
@Command(
        name = "bolide bench",
        description = "Measures Bolide.",
        synopsisSubcommandLabel = "(compare | jmh)")
public final class Bench {
    private Bench() {}

    public static void main(String[] words) {
        CommandLine line = new CommandLine(new Bench());
        line.addSubcommand(new CompareCommand());
        line.addSubcommand(
                new CommandLine(new JmhCommand()).setUnmatchedOptionsArePositionalParams(true));
        System.exit(line.execute(words));
    }
}
