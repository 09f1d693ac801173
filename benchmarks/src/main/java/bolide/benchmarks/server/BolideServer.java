package bolide.benchmarks.server;

import bolide.benchmarks.process.Ports;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Bolide as anybody starts it, by the script `./bolide`, with another limit of its heap.
final class BolideServer extends MeasuredServer {
    private final ServerSettings settings;
    private final String jvm;
    private final int port = Ports.free();

    BolideServer(ServerSettings settings) throws IOException {
        this.settings = settings;
        this.jvm =
                "-Xmx%s %s %s"
                        .formatted(
                                ServerSettings.HEAP,
                                ServerSettings.COMPILER_THREADS,
                                String.join(" ", settings.jvm()))
                        .strip();
    }

    @Override
    public void start() throws IOException {
        run(
                "bolide",
                settings.home(),
                List.of(
                        System.getProperty("bench.bolide"),
                        "serve",
                        "--port=" + port,
                        "--data=" + settings.data(),
                        "--flush=" + (settings.sync() ? "sync" : "async")),
                Map.of("BOLIDE_JAVA_OPTS", jvm));
    }

    @Override
    public String address() {
        return Ports.address(port);
    }

    @Override
    public String flags() {
        return "./bolide serve, BOLIDE_JAVA_OPTS=" + jvm;
    }
}
