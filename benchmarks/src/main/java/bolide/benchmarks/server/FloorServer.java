package bolide.benchmarks.server;

import bolide.benchmarks.floor.Floor;
import bolide.benchmarks.process.ChildProcess;
import bolide.benchmarks.process.Peers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The least that a server has to do, see [Floor].
final class FloorServer implements MeasuredServer {
    private static final List<String> FLAGS =
            List.of("-Xms32m", "-Xmx256m", "-XX:+UseSerialGC", ServerSettings.COMPILER_THREADS);

    private final ServerSettings settings;
    private final int port = Ports.free();
    private ChildProcess process;

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
        process = ChildProcess.start("floor", settings.home(), command, Map.of());
    }

    @Override
    public String address() {
        return Ports.address(port);
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public String flags() {
        return String.join(" ", FLAGS);
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        process.kill();
    }

    @Override
    public String complaints() throws IOException {
        return process.tail();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
