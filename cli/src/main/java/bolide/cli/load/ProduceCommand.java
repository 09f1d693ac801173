package bolide.cli.load;

import bolide.client.BolideClient;
import bolide.client.producer.Producer;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Sends as fast as it is answered, or at a fixed rate.
@Command(
        name = "produce",
        description = {
            "Sends messages to a topic and measures how fast they are acknowledged.",
            "Latency is the time from sending a message to its acknowledgement. With --rate it"
                    + " counts from when the message should have been sent, so that a server that"
                    + " holds the sender up does not hide it."
        },
        sortOptions = false)
public final class ProduceCommand implements Callable<Integer> {
    private static final int LARGEST_BODY = 4 * 1024 * 1024;
    private static final long HIGHEST_RATE = 10_000_000;
    private static final double REACHED = 0.99;
    private static final String GROUP = "bolide-bench";

    private final LoadTools tools;

    @Spec private CommandSpec spec;
    @Mixin private LoadOptions options = new LoadOptions();

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "1024",
            description = "Length of each body. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Messages per second of all threads, sent when it is their time without waiting"
                            + " for the answer to those before. Default: each thread sends its next"
                            + " when it has the answer.")
    private Optional<Long> rate;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    public ProduceCommand(LoadTools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        options.checkRange("--size", size, 1, LARGEST_BODY);
        rate.ifPresent(given -> options.checkRange("--rate", given, 1, HIGHEST_RATE));
        try (BolideClient client = options.connect(tools);
                Producer producer = client.producer(GROUP)) {
            LoadReport report =
                    new ProduceRun(
                                    producer,
                                    options.topic(),
                                    size,
                                    options.threads(),
                                    options.extent(),
                                    rate.map(OptionalLong::of).orElse(OptionalLong.empty()),
                                    tools)
                            .run(spec.commandLine().getErr());
            rate.ifPresent(wanted -> tellWhenMissed(wanted, report.perSecond()));
            return options.print(report);
        }
    }

    private void tellWhenMissed(long wanted, double reached) {
        if (reached < REACHED * wanted) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "bolide: "
                            + wanted
                            + " messages a second were wanted and "
                            + Math.round(reached)
                            + " came about; the latencies count from when each should have been"
                            + " sent");
            err.flush();
        }
    }
}
