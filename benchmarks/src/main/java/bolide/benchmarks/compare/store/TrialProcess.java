package bolide.benchmarks.compare.store;

import bolide.agent.Agent;
import bolide.benchmarks.process.Leftovers;
import bolide.benchmarks.process.Peers;
import bolide.benchmarks.process.Scratch;
import bolide.protocol.message.NewRecord;
import bolide.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/// Runs trials, each in a JVM of its own with the class path of its side.
final class TrialProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    // The same for both sides; a fixed number of compiler threads, so that their CPU time is known.
    private static final List<String> JVM =
            List.of(
                    "-XX:+UseG1GC",
                    "-Xms1g",
                    "-Xmx1g",
                    "-XX:-UseDynamicNumberOfCompilerThreads",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-ea:bolide...",
                    "-Dslf4j.internal.verbosity=ERROR");

    private final Path peer;
    private final List<String> options;
    private final Scratch scratch;

    /// @param peer the folder with the jars of Apache's store
    /// @param options more of the JVM's
    TrialProcess(Path peer, List<String> options, Scratch scratch) {
        this.peer = peer;
        this.options = options;
        this.scratch = scratch;
    }

    void fill(Trial trial, Path directory) throws IOException, InterruptedException {
        run(TrialMain.FILL, trial, directory);
    }

    Measurement measure(Trial trial, Path directory) throws IOException, InterruptedException {
        for (String line : run(TrialMain.MEASURE, trial, directory)) {
            if (line.startsWith(TrialMain.RESULT)) {
                return Measurement.ofLine(line.substring(TrialMain.RESULT.length()));
            }
        }
        throw new IOException("no measurement of " + trial);
    }

    private List<String> run(String verb, Trial trial, Path directory)
            throws IOException, InterruptedException {
        Path home = scratch.folder("process");
        Path output = home.resolve("out");
        Path errors = home.resolve("err");
        List<String> command = new ArrayList<>();
        command.add(Peers.java());
        command.addAll(JVM);
        command.addAll(options);
        command.addAll(List.of("-Duser.home=" + home, "-cp", classPath(trial.side())));
        command.addAll(List.of(TrialMain.class.getName(), verb, directory.toString()));
        command.addAll(trial.toArguments());
        Process process =
                Leftovers.start(
                        new ProcessBuilder(command)
                                .directory(home.toFile())
                                .redirectOutput(output.toFile())
                                .redirectError(errors.toFile()));
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        Leftovers.ended(process);
        if (!ended || process.exitValue() != 0) {
            throw new IOException(
                    String.join(" ", command)
                            + (ended ? " failed:\n" : " took too long:\n")
                            + Files.readString(errors));
        }
        List<String> lines = Files.readAllLines(output);
        scratch.delete(home);
        return lines;
    }

    private String classPath(Side side) {
        return switch (side) {
            case BOLIDE ->
                    Stream.of(
                                    TrialMain.class,
                                    Store.class,
                                    Agent.class,
                                    NewRecord.class,
                                    Logger.class)
                            .map(Peers::placeOf)
                            .collect(Collectors.joining(":"));
            case APACHE -> Peers.placeOf(TrialMain.class) + ":" + peer + "/*";
        };
    }
}
