package bolide.compatibility;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Bolide as anybody starts it: {@code ./bolide serve}. */
final class BolideServer implements ServerUnderTest {
    private static final Duration PATIENCE =
            Duration.ofMinutes(3); // the script may have to build first
    private static final String READY = "ready ";

    private final Path folder = Runs.folder("bolide");
    private final Flush flush;
    private ChildProcess process;
    private String address = "127.0.0.1:0"; // the port stays what the first start made it

    BolideServer(Flush flush) {
        this.flush = flush;
    }

    @Override
    public String nameserver() {
        return address;
    }

    @Override
    public void start() {
        process =
                ChildProcess.start(
                        "bolide",
                        folder,
                        List.of(
                                script().toString(),
                                "serve",
                                "--port",
                                address.substring(address.lastIndexOf(':') + 1),
                                "--data",
                                folder.resolve("data").toString(),
                                "--flush",
                                flush.name().toLowerCase(Locale.ROOT)));
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
        Runs.delete(folder.resolve("data"));
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
