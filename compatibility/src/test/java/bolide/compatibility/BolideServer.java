package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Bolide as anybody starts it: {@code ./bolide serve}. */
final class BolideServer implements ServerUnderTest {
    private static final Duration PATIENCE =
            Duration.ofMinutes(3); // the script may have to build first
    private static final String READY = "ready ";

    private final Path folder = Runs.folder("bolide");
    private final Path data;
    private final Flush flush;
    private final Optional<String> cluster; // the name server elsewhere
    private final List<String> options;
    private ChildProcess process;
    private String address = "127.0.0.1:0"; // the port stays what the first start made it

    BolideServer(Flush flush) {
        this.flush = flush;
        this.data = folder.resolve("data");
        this.cluster = Optional.empty();
        this.options = List.of();
    }

    /** A broker of that name, which joins the cluster of that name server. */
    BolideServer(Flush flush, String name, String nameserver) {
        this.flush = flush;
        this.data = folder.resolve("data");
        this.cluster = Optional.of(nameserver);
        this.options = List.of("--roles", "broker", "--name", name, "--nameserver", nameserver);
    }

    /** One that goes on with what lies in that directory. */
    BolideServer(Flush flush, Path data) {
        this.flush = flush;
        this.data = data;
        this.cluster = Optional.empty();
        this.options = List.of();
    }

    /**
     * Runs {@code ./bolide} with other arguments to its end; what it printed. It has to end with
     * that exit code.
     */
    static List<String> run(int exitCode, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(arguments));
        ChildProcess process = ChildProcess.start("bolide", Runs.folder(arguments[0]), command);
        assertThat(process.awaitEnd(PATIENCE))
                .as("%s: %s", List.of(arguments), process.lines())
                .isEqualTo(exitCode);
        return process.lines();
    }

    @Override
    public String nameserver() {
        return cluster.orElse(address);
    }

    /** Its port. */
    int port() {
        return Probe.port(address);
    }

    @Override
    public void start() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                script().toString(),
                                "serve",
                                "--port",
                                address.substring(address.lastIndexOf(':') + 1),
                                "--data",
                                data.toString(),
                                "--flush",
                                flush.name().toLowerCase(Locale.ROOT)));
        command.addAll(options);
        process = ChildProcess.start("bolide", folder, command);
        process.await("ready", PATIENCE, lines -> lines.stream().anyMatch(BolideServer::ready));
        address =
                process.lines().stream()
                        .filter(BolideServer::ready)
                        .findFirst()
                        .orElseThrow()
                        .substring(READY.length())
                        .strip();
    }

    @Override
    public void stop() {
        process.terminate(PATIENCE);
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.kill();
        Runs.delete(data);
    }

    private static boolean ready(String line) {
        return line.startsWith(READY);
    }

    private static Path script() {
        Path script = Runs.target().resolve("../../bolide").normalize();
        if (!Files.isExecutable(script)) {
            throw new IllegalStateException(
                    script + " is missing; or test Apache's server, see package-info.java");
        }
        return script;
    }
}
