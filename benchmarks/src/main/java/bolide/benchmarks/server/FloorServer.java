package bolide.benchmarks.server;

import bolide.benchmarks.floor.Floor;
import bolide.benchmarks.process.Peers;
import bolide.benchmarks.process.Ports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The least that a server has to do, see [Floor].
final class FloorServer extends MeasuredServer {
    private static final List<String> FLAGS =
            List.of("-Xms32m", "-Xmx256m", "-XX:+UseSerialGC", ServerSettings.COMPILER_THREADS);

    private final ServerSettings settings;
    private final int port = Ports.free();

    FloorServer(ServerSettings settings) throws IOException {
        this.settings = settings;
    }

    @Override
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(Peers.java()));
        command.addAll(FLAGS);
        command.addAll(
                List.of(
                        "-cp",
                        Peers.placeOf(Floor.class),
                        Floor.class.getName(),
                        Integer.toString(port),
                        settings.data().resolve("log").toString(),
                        Boolean.toString(settings.sync())));
        run("floor", settings.home(), command, Map.of());
    }

    @Override
    public String address() {
        return Ports.address(port);
    }

    @Override
    public String flags() {
        return String.join(" ", FLAGS);
    }
}
