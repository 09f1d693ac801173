package bolide.benchmarks.compare;

import bolide.benchmarks.compare.store.StoreComparisons;
import bolide.benchmarks.compare.system.Effort;
import bolide.benchmarks.compare.system.NotYet;
import bolide.benchmarks.compare.system.SystemComparing;
import bolide.benchmarks.compare.system.SystemReport;
import bolide.benchmarks.compare.system.SystemWorkload;
import bolide.benchmarks.compare.system.SystemWorkloads;
import bolide.benchmarks.meter.LoadAverage;
import bolide.benchmarks.options.MeasurementOptions;
import bolide.benchmarks.server.ServerKind;
import bolide.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures Bolide's server, or its store, beside others.
@Command(
        name = "compare",
        description = {
            "Measures Bolide beside others, each in processes of its own, in turns.",
            "With --with its server beside theirs, without it its store beside Apache's."
        },
        sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 1_000;
    private static final int FEWEST_MESSAGES = 1_000;
    private static final int MOST_MESSAGES = 1_000_000_000;
    private static final int FEWEST_QUEUES = 8;
    private static final int MOST_QUEUES = 1_000_000;
    private static final int LARGEST_LOG_MIB = 1 << 20;
    private static final double LOWEST_RATIO = 0.001;
    private static final double HIGHEST_RATIO = 1_000;
    private static final long STORE_MESSAGES = 400_000;
    private static final long STORE_LOG_MIB = 1_024;
    private static final long SYSTEM_MESSAGES = 1_000_000;
    private static final long SYSTEM_LOG_MIB = 5_120;
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

    @Spec private CommandSpec spec;

    @Option(
            names = "--with",
            paramLabel = "SERVER",
            split = ",",
            description = "Measure servers: Bolide's beside apache, kafka or floor, or several.")
    private List<String> with = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long a round of servers is. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "90",
            description =
                    "How long servers may warm up until the compilers are quiet. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description =
                    "How many messages count in a round. Default: 400000, of servers that are"
                            + " consumed from 1000000.")
    private Optional<Long> messages;

    @Option(
            names = "--log-mib",
            paramLabel = "N",
            description = "How large a log is opened. Default: 1024, of servers 5120.")
    private Optional<Long> logMib;

    @Option(
            names = "--queues",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "How many queues open-queues and queues-100000 have. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int queues;

    @Option(
            names = "--at-most",
            paramLabel = "RATIO",
            description =
                    "End with exit code 1 when Bolide's server takes more than RATIO times the CPU"
                            + " of another for a message, in the best round of each.")
    private Optional<Double> atMost;

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description =
                    "One more option of the measured JVMs, or of Bolide's server; may be given"
                            + " several times.")
    private List<String> jvm = new ArrayList<>();

    @Mixin private MeasurementOptions options = new MeasurementOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        if (!with.isEmpty()) {
            return compareServers() ? ExitCode.OK : ExitCode.FAILED;
        }
        compareStores();
        return ExitCode.OK;
    }

    private void check() {
        options.check(seconds, warmUp);
        options.checkRange("--rounds", rounds, 1, MOST_ROUNDS);
        options.checkRange("--queues", queues, FEWEST_QUEUES, MOST_QUEUES);
        messages.ifPresent(
                count -> options.checkRange("--messages", count, FEWEST_MESSAGES, MOST_MESSAGES));
        logMib.ifPresent(size -> options.checkRange("--log-mib", size, 1, LARGEST_LOG_MIB));
        atMost.ifPresent(
                ratio -> options.checkRange("--at-most", ratio, LOWEST_RATIO, HIGHEST_RATIO));
        if (atMost.isPresent() && with.isEmpty()) {
            throw options.wrong("--at-most is for servers; name one with --with");
        }
    }

    private void compareStores() throws IOException, InterruptedException {
        StoreComparisons stores =
                new StoreComparisons(
                        messages.orElse(STORE_MESSAGES), logMib.orElse(STORE_LOG_MIB), queues);
        List<String> chosen = options.chosen("comparison", stores.names());
        PrintWriter out = spec.commandLine().getOut();
        stores.run(chosen, rounds, options.directory(), jvm, options.json(), out);
    }

    /// @return whether Bolide kept to what was asked for
    private boolean compareServers() throws IOException, InterruptedException {
        List<ServerKind> others = others();
        List<SystemWorkload> workloads =
                SystemWorkloads.all(
                        new SystemWorkloads.Size(
                                messages.orElse(SYSTEM_MESSAGES),
                                logMib.orElse(SYSTEM_LOG_MIB),
                                queues,
                                rounds));
        Map<String, String> missing = NotYet.features();
        List<String> chosen =
                options.chosen(
                        "comparison",
                        Stream.concat(
                                        workloads.stream().map(SystemWorkload::name),
                                        missing.keySet().stream())
                                .toList());
        if (atMost.isPresent()) {
            checkComparable(chosen, workloads, others);
        }
        checkDisk();
        PrintWriter out = spec.commandLine().getOut();
        SystemComparing comparing =
                new SystemComparing(
                        options.directory(),
                        new Effort(rounds, seconds, warmUp, options.usesMemory(), jvm),
                        spec.commandLine().getErr());
        boolean kept = true;
        for (SystemWorkload workload : workloads) {
            if (chosen.contains(workload.name())) {
                SystemReport report = comparing.run(workload, others);
                String load = LoadAverage.now();
                out.println(options.json() ? report.toJson(load) : report.toTable(load));
                out.flush();
                kept &= keepsTo(atMost, report);
            }
        }
        missing.forEach((name, feature) -> {
            if (chosen.contains(name)) {
                out.println(NotYet.shown(name, feature, options.json()));
            }
        });
        out.flush();
        return kept;
    }

    private boolean keepsTo(Optional<Double> ratio, SystemReport report) {
        List<String> excesses = ratio.map(report::excesses).orElse(List.of());
        PrintWriter err = spec.commandLine().getErr();
        excesses.forEach(excess -> err.println("bolide bench: " + excess));
        err.flush();
        return excesses.isEmpty();
    }

    private List<ServerKind> others() {
        Set<ServerKind> others = new LinkedHashSet<>();
        for (String word : with) {
            others.add(
                    Stream.of(ServerKind.values())
                            .filter(kind -> kind != ServerKind.BOLIDE && kind.word().equals(word))
                            .findFirst()
                            .orElseThrow(() ->
                                    options.wrong(
                                            "no server '"
                                                    + word
                                                    + "'; there are apache, kafka,"
                                                    + " floor")));
        }
        return List.copyOf(others);
    }

    private void checkComparable(
            List<String> chosen, List<SystemWorkload> workloads, List<ServerKind> others) {
        for (String name : chosen) {
            boolean comparable =
                    workloads.stream()
                            .filter(workload -> workload.name().equals(name))
                            .anyMatch(workload -> workload.servers().containsAll(others));
            if (!comparable) {
                throw options.wrong(
                        "--at-most cannot be kept by %s, which %s cannot do"
                                .formatted(name, String.join(" or ", with)));
            }
        }
    }

    /// Memory would flatter whoever writes most.
    private void checkDisk() throws IOException {
        String type = Files.getFileStore(options.directory()).type();
        if (MEMORY.contains(type)) {
            throw options.wrong(
                    options.directory()
                            + " is memory; name a directory of a disk with --directory");
        }
    }
}
