package bolide.app.command;

import bolide.app.demo.DemoFailure;
import bolide.app.demo.DemoReport;
import bolide.app.demo.DemoRun;
import bolide.app.demo.DemoServer;
import bolide.app.demo.ProcessStart;
import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.cli.ProgressBar;
import bolide.store.file.StorageException;
import java.io.Console;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Shows on one machine that messages arrive: every one, once, in order.
@Command(
        name = "demo",
        description =
                "Starts a server in a temporary directory, sends messages, consumes and checks"
                        + " them.",
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
    private static final int MOST_MESSAGES = 100_000_000;
    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    @Spec private CommandSpec spec;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many messages. Default: ${DEFAULT-VALUE}.")
    private int messages;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "1024",
            description = "Length of each body. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "--json", description = "The outcome as one line of JSON.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        checkRange("--messages", messages, 1, MOST_MESSAGES);
        checkRange("--size", size, DemoRun.smallestBody(), LARGEST_BODY);
        System.setProperty("bolide.log", "WARN"); // before anything logs; see logback.xml
        try {
            DemoReport report = run();
            spec.commandLine().getOut().print(json ? report.toJson() + "\n" : report.toTable());
            spec.commandLine().getOut().flush();
            return report.missing() == 0 ? ExitCode.OK : ExitCode.FAILED;
        } catch (DemoFailure failed) {
            throw new CommandFailure(ExitCode.FAILED, failed.getMessage());
        } catch (StorageException fault) {
            throw new CommandFailure(ExitCode.STORAGE_FAULT, fault.getMessage());
        }
    }

    private void checkRange(String option, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " is " + value + ", but has to be from " + lowest + " to " + highest);
        }
    }

    private DemoReport run() throws IOException {
        Instant processStart =
                Optional.ofNullable(Long.getLong("bolide.begun")) // by the script, after a build
                        .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
                        .orElseGet(DemoCommand::processStart);
        Console console = System.console();
        boolean visible = console != null && console.isTerminal();
        try (DemoServer server = new DemoServer(this::die);
                ProgressBar sending =
                        new ProgressBar(
                                System.err, visible, "sending", messages, System::nanoTime);
                ProgressBar receiving =
                        new ProgressBar(
                                System.err, visible, "receiving", messages, System::nanoTime)) {
            DemoRun demo =
                    new DemoRun(
                            server.address(),
                            messages,
                            size,
                            InstantSource.system(),
                            System::nanoTime);
            return demo.run(processStart, sending::show, receiving::show);
        }
    }

    private static Instant processStart() {
        return ProcessStart.ofThis(
                ProcessHandle.current().info().startInstant().orElseGet(Instant::now),
                InstantSource.system());
    }

    private void die(Throwable failure) {
        spec.commandLine().getErr().println("bolide: " + failure.getMessage());
        spec.commandLine().getErr().flush();
        Runtime.getRuntime()
                .halt(
                        failure instanceof StorageException
                                ? ExitCode.STORAGE_FAULT
                                : ExitCode.FAILED);
    }
}
