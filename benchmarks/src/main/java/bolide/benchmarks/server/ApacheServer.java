package bolide.benchmarks.server;

import bolide.benchmarks.process.Peers;
import bolide.benchmarks.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Apache's name server and broker, each in a JVM of its own. The broker's options are those that
/// its documentation recommends and its start script has, but for touching all of the heap at the
/// start, which would make its memory that of the heap.
final class ApacheServer extends MeasuredServer {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SECOND_DOOR = 2; // the broker's, so many below its port
    private static final List<String> BROKER =
            List.of(
                    "-server",
                    "-Xms" + ServerSettings.HEAP,
                    "-Xmx" + ServerSettings.HEAP,
                    "-XX:+UseG1GC",
                    "-XX:G1HeapRegionSize=16m",
                    "-XX:G1ReservePercent=25",
                    "-XX:InitiatingHeapOccupancyPercent=30",
                    "-XX:SoftRefLRUPolicyMSPerMB=0",
                    "-XX:-OmitStackTraceInFastThrow",
                    "-XX:MaxDirectMemorySize=15g",
                    "-XX:-UseLargePages",
                    ServerSettings.COMPILER_THREADS);
    private static final List<String> NAMESERVER =
            List.of("-server", "-Xms512m", "-Xmx512m", ServerSettings.COMPILER_THREADS);

    private final ServerSettings settings;
    private final String jars;
    private final int nameserverPort = Ports.free();
    private final int brokerPort = Ports.freeWith(SECOND_DOOR);

    ApacheServer(ServerSettings settings) throws IOException {
        this.settings = settings;
        this.jars = Peers.folder("apache") + "/*";
        write("namesrv", Map.of("listenPort", nameserverPort, "bindAddress", "127.0.0.1"));
        write(
                "broker",
                Map.of(
                        "brokerName",
                        "broker-a",
                        "brokerIP1",
                        "127.0.0.1",
                        "bindAddress",
                        "127.0.0.1",
                        "listenPort",
                        brokerPort,
                        "haListenPort",
                        Ports.free(),
                        "namesrvAddr",
                        address(),
                        "storePathRootDir",
                        settings.data(),
                        "storePathCommitLog",
                        settings.data().resolve("commitlog"),
                        "flushDiskType",
                        settings.sync() ? "SYNC_FLUSH" : "ASYNC_FLUSH"));
    }

    @Override
    public void start() throws IOException {
        runJava("namesrv", NAMESERVER, "org.apache.rocketmq.namesrv.NamesrvStartup");
        Ports.await(nameserverPort, PATIENCE); // or the broker does not register for half a minute
        runJava("broker", BROKER, "org.apache.rocketmq.broker.BrokerStartup");
    }

    @Override
    public String address() {
        return Ports.address(nameserverPort);
    }

    @Override
    public String flags() {
        return "broker "
                + String.join(" ", BROKER)
                + "; name server "
                + String.join(" ", NAMESERVER);
    }

    private void runJava(String name, List<String> flags, String main) throws IOException {
        List<String> command = new ArrayList<>(List.of(Peers.java()));
        command.addAll(flags);
        command.addAll(ServerSettings.NO_WARNINGS);
        command.addAll(
                List.of(
                        "-Duser.home=" + settings.home(),
                        "-Drocketmq.home.dir=" + settings.home(),
                        "-cp",
                        jars,
                        main,
                        "-c",
                        settings.home().resolve(name + ".conf").toString()));
        run(name, settings.home(), command, Map.of());
    }

    private void write(String name, Map<String, ?> values) throws IOException {
        List<String> lines = new ArrayList<>();
        values.forEach((key, value) -> lines.add(key + "=" + value));
        Path file = settings.home().resolve(name + ".conf");
        Files.write(file, lines);
    }
}
