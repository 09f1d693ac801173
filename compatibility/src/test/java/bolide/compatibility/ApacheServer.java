package bolide.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Apache's name server and broker, each in a JVM of its own: the original to check against. Or the
 * broker alone, as one of somebody else's cluster.
 */
final class ApacheServer implements ServerUnderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int GET_ROUTE = 105;
    private static final int UPDATE_BROKER_CONFIG = 25;
    private static final int SUCCESS = 0;

    /** What its broker is called unless the test says otherwise. */
    static final String BROKER = "broker-a";

    private static final int SEGMENT_BYTES = 64 * 1024 * 1024;

    private final Path folder = Runs.folder("apache");
    private final Peer peer;
    private final String name; // the broker's, which is a topic too
    private final String nameserverAddress;
    private final int brokerPort;
    private final Optional<ChildProcess> nameserver;
    private ChildProcess broker; // null before the start

    ApacheServer(Flush flush) {
        this(Peer.SERVER, flush, SEGMENT_BYTES);
    }

    /** That version of it, with log segments of that length. */
    ApacheServer(Peer peer, Flush flush, int segmentBytes) {
        this(peer, BROKER, flush, segmentBytes, Optional.empty());
    }

    /** A broker of that version and name, which joins the cluster of that name server. */
    static ApacheServer joining(Peer peer, String name, String nameserver) {
        return new ApacheServer(peer, name, Flush.ASYNC, SEGMENT_BYTES, Optional.of(nameserver));
    }

    private ApacheServer(
            Peer peer, String name, Flush flush, int segmentBytes, Optional<String> elsewhere) {
        this.name = name;
        this.peer = peer;
        List<Integer> ports = freePorts();
        int nameserverPort = ports.get(0);
        nameserverAddress = elsewhere.orElse("127.0.0.1:" + nameserverPort);
        brokerPort = ports.get(1);
        for (String process : List.of("namesrv", "broker")) { // 4.9 does not start without
            write("conf/logback_" + process + ".xml", List.of("<configuration/>"));
        }
        write("namesrv.conf", Map.of("listenPort", nameserverPort, "bindAddress", "127.0.0.1"));
        write(
                "broker.conf",
                Map.ofEntries(
                        Map.entry("brokerName", name),
                        Map.entry("brokerIP1", "127.0.0.1"),
                        Map.entry("bindAddress", "127.0.0.1"),
                        Map.entry("listenPort", brokerPort),
                        Map.entry("haListenPort", ports.get(2)),
                        Map.entry("namesrvAddr", nameserver()),
                        Map.entry("storePathRootDir", folder.resolve("data")),
                        Map.entry("storePathCommitLog", folder.resolve("data/commitlog")),
                        Map.entry("mappedFileSizeCommitLog", segmentBytes),
                        Map.entry("flushDiskType", flush + "_FLUSH")));
        nameserver =
                elsewhere.isPresent()
                        ? Optional.empty()
                        : Optional.of(run("namesrv", "org.apache.rocketmq.namesrv.NamesrvStartup"));
    }

    @Override
    public String nameserver() {
        return nameserverAddress;
    }

    /** The broker's port. */
    int port() {
        return brokerPort;
    }

    /** Where it stores everything. */
    Path data() {
        return folder.resolve("data");
    }

    @Override
    public void start() {
        broker = run("broker", "org.apache.rocketmq.broker.BrokerStartup");
        broker.await("boot", PATIENCE, lines -> lines.stream().anyMatch(ApacheServer::booted));
        nameserver.ifPresent(process ->
                process.await(
                        "boot", PATIENCE, lines -> lines.stream().anyMatch(ApacheServer::booted)));
        // Left alone, it may take ten seconds to register; a change of its permission does it now.
        Probe.ask(brokerPort, UPDATE_BROKER_CONFIG, Map.of(), "brokerPermission=6\n");
        Deadline.await(
                "the broker's registration",
                PATIENCE,
                () ->
                        Probe.ask(
                                        Probe.port(nameserverAddress),
                                        GET_ROUTE,
                                        Map.of("topic", name),
                                        "")
                                == SUCCESS);
    }

    @Override
    public void stop() {
        broker.terminate(PATIENCE);
    }

    @Override
    public void kill() {
        broker.kill();
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.kill();
        }
        nameserver.ifPresent(ChildProcess::kill);
        Runs.delete(folder.resolve("data"));
    }

    private ChildProcess run(String name, String main) {
        List<String> command = new ArrayList<>(peer.java(folder));
        command.addAll(
                List.of(
                        "-Drocketmq.home.dir=" + folder,
                        "-cp",
                        peer.classPath(),
                        main,
                        "-c",
                        folder.resolve(name + ".conf").toString()));
        return ChildProcess.start(name, folder, command);
    }

    private void write(String name, Map<String, ?> settings) {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value));
        write(name, lines);
    }

    private void write(String name, List<String> lines) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean booted(String line) {
        return line.contains("boot success");
    }

    /** The name server's, the broker's (whose second door is two below) and the replication's. */
    private static List<Integer> freePorts() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            try (ServerSocket nameserver = new ServerSocket(0, 1, loopback);
                    ServerSocket broker = new ServerSocket(0, 1, loopback);
                    ServerSocket second = new ServerSocket(broker.getLocalPort() - 2, 1, loopback);
                    ServerSocket replication = new ServerSocket(0, 1, loopback)) {
                return List.of(
                        nameserver.getLocalPort(),
                        second.getLocalPort() + 2,
                        replication.getLocalPort());
            } catch (IOException e) {
                // the port two below is taken: try others
            }
        }
    }
}
