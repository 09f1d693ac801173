package bolide.benchmarks.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures Bolide's store beside Apache's.
@Command(
        name = "compare",
        description =
                "Measures Bolide's store beside Apache's, each in processes of its own, in turns.",
        sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
    private static final String PEER = "bench.peer";
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final int LOAD_WORDS = 3;
    private static final int FEWEST_MESSAGES = 1_000;
    private static final int FEWEST_QUEUES = 8;

    @Spec private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "400000",
            description = "How many messages count in a round. Default: ${DEFAULT-VALUE}.")
    private long messages;

    @Option(
            names = "--log-mib",
            paramLabel = "N",
            defaultValue = "1024",
            description = "How large a log is opened. Default: ${DEFAULT-VALUE}.")
    private long logMib;

    @Option(
            names = "--queues",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many queues open-queues opens. Default: ${DEFAULT-VALUE}.")
    private int queues;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the data goes for a while. Default: the machine's temporary one.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "One more option of the measured JVMs; may be given several times.")
    private List<String> jvm = new ArrayList<>();

    @Option(
            names = "--json",
            description = "A line of JSON for each comparison, every round in it.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Parameters(paramLabel = "NAME", description = "Which comparisons. Default: all of them.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkLowest("--rounds", rounds, 1);
        checkLowest("--messages", messages, FEWEST_MESSAGES);
        checkLowest("--log-mib", logMib, 1);
        checkLowest("--queues", queues, FEWEST_QUEUES);
        List<Comparison> chosen =
                chosen(Comparison.all(new Comparison.Size(messages, logMib, queues)));
        PrintWriter out = spec.commandLine().getOut();
        try (Scratch scratch = new Scratch(directory)) {
            TrialProcess processes =
                    new TrialProcess(Path.of(System.getProperty(PEER)), jvm, scratch);
            Comparing comparing = new Comparing(processes, scratch);
            for (Comparison comparison : chosen) {
                Report report =
                        new Report(comparison, comparing.run(comparison, rounds), loadAverage());
                out.println(json ? report.toJson() : report.toTable());
                out.flush();
            }
        }
        return 0;
    }

    private void checkLowest(String option, long value, long lowest) {
        if (value < lowest) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + "; choose at least " + lowest);
        }
    }

    private List<Comparison> chosen(List<Comparison> all) {
        List<String> known = all.stream().map(Comparison::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no comparison '" + name + "'; there are " + String.join(", ", known));
            }
        }
        return all.stream()
                .filter(comparison -> names.isEmpty() || names.contains(comparison.name()))
                .toList();
    }

    private static String loadAverage() throws IOException {
        String[] words = Files.readString(LOAD).split(" ");
        return String.join(" ", List.of(words).subList(0, LOAD_WORDS));
    }
}
