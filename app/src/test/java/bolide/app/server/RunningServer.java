package bolide.app.server;

import bolide.app.config.ServerConfig;
import bolide.app.config.Settings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server in this process, on a free port unless told otherwise; its log has small segments.
public final class RunningServer implements AutoCloseable {
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Server server;

    public RunningServer(Path data) {
        this(data, Map.of("port", "0"));
    }

    /// @param settings by key, on top of a small segment
    public RunningServer(Path data, Map<String, String> settings) {
        this.server = new Server(config(data, settings), failures::add);
    }

    private static ServerConfig config(Path data, Map<String, String> settings) {
        Settings all =
                new Settings()
                        .put("data", Optional.of(data))
                        .put("segment-bytes", Optional.of(16 << 20));
        settings.forEach((key, value) -> all.put(key, Optional.of(value)));
        return all.toConfig("here");
    }

    public Server server() {
        return server;
    }

    public InetSocketAddress address() {
        return server.listening().get(0);
    }

    public Peer peer() {
        return Peer.of(address());
    }

    /// @return what would have ended the process
    public List<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() {
        server.close();
    }
}
