package bolide.benchmarks.compare.system;

import bolide.benchmarks.load.ClientKind;
import bolide.benchmarks.load.LoadMain;
import bolide.benchmarks.load.LoadPlan;
import bolide.benchmarks.load.WarmUp;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.process.ChildProcess;
import bolide.benchmarks.process.Peers;
import bolide.benchmarks.server.MeasuredServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// The client of one server, in a JVM of its own with the jars of its library.
public final class LoadProcess implements AutoCloseable {
    private static final List<String> FLAGS =
            List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:-UseDynamicNumberOfCompilerThreads");

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final ChildProcess process;

    /// @param home an existing folder
    public LoadProcess(ClientKind client, LoadPlan plan, Path home) throws IOException {
        List<String> command = new ArrayList<>(List.of(Peers.java()));
        command.addAll(FLAGS);
        command.addAll(
                List.of(
                        "-Duser.home=" + home,
                        "-cp",
                        String.join(
                                ":",
                                Peers.placeOf(LoadMain.class),
                                Peers.placeOf(Histogram.class),
                                Peers.folder(client.peer()) + "/*"),
                        LoadMain.class.getName(),
                        client.name(),
                        home.toString()));
        command.addAll(plan.toArguments());
        process = ChildProcess.start("load", home, command, Map.of());
    }

    /// Makes a new client, topics and what is in them; the server may still be starting.
    public void prepare(MeasuredServer server) throws IOException, InterruptedException {
        ask(LoadMain.CONNECT, server.address());
        ask(LoadMain.PREPARE);
    }

    /// Makes a new client for a server with what was prepared; it may still be starting.
    void resume(MeasuredServer server) throws IOException, InterruptedException {
        ask(LoadMain.CONNECT, server.address());
        ask(LoadMain.RESUME);
    }

    /// Makes a new client when somebody listens, and returns when its first message is
    /// acknowledged.
    public void sendFirst(MeasuredServer server) throws IOException, InterruptedException {
        ask(LoadMain.FIRST, server.address());
    }

    public void disconnect() throws IOException, InterruptedException {
        ask(LoadMain.DISCONNECT);
    }

    public WarmUp warmUp(MeasuredServer server, double mostSeconds)
            throws IOException, InterruptedException {
        return WarmUp.ofWords(ask(LoadMain.WARM_UP, pids(server), Double.toString(mostSeconds)));
    }

    public Reading measure(MeasuredServer server, double seconds)
            throws IOException, InterruptedException {
        return Reading.ofLine(ask(LoadMain.MEASURE, pids(server), Double.toString(seconds)));
    }

    private static String pids(MeasuredServer server) {
        return server.pids().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private String ask(String... words) throws IOException, InterruptedException {
        process.tell(String.join(" ", words));
        return process.await(LoadMain.DONE, PATIENCE);
    }

    /// @return the last of what it said on standard error
    String complaints() throws IOException {
        return process.tail();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
    }
}
