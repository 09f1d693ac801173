package bolide.benchmarks.server;

import bolide.benchmarks.process.Peers;
import bolide.benchmarks.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Kafka, broker and controller in one JVM, with its start script's options and a larger heap.
final class KafkaServer extends MeasuredServer {
    private static final List<String> FLAGS =
            List.of(
                    "-Xmx" + ServerSettings.HEAP,
                    "-Xms" + ServerSettings.HEAP,
                    "-server",
                    "-XX:+UseG1GC",
                    "-XX:MaxGCPauseMillis=20",
                    "-XX:InitiatingHeapOccupancyPercent=35",
                    "-XX:+ExplicitGCInvokesConcurrent",
                    "-XX:MaxInlineLevel=15",
                    "-Djava.awt.headless=true",
                    ServerSettings.COMPILER_THREADS);
    private static final String CLUSTER = "bolide-benchmark-00000";
    private static final int FORMAT_SECONDS = 60;

    private final ServerSettings settings;
    private final String jars;
    private final int port = Ports.free();
    private final Path properties;

    KafkaServer(ServerSettings settings) throws IOException {
        this.settings = settings;
        this.jars = Peers.folder("kafka") + "/*";
        this.properties = settings.home().resolve("server.properties");
        int controllerPort = Ports.free();
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "process.roles=broker,controller",
                                "node.id=1",
                                "controller.quorum.voters=1@" + Ports.address(controllerPort),
                                "listeners=PLAINTEXT://"
                                        + address()
                                        + ",CONTROLLER://"
                                        + Ports.address(controllerPort),
                                "advertised.listeners=PLAINTEXT://" + address(),
                                "controller.listener.names=CONTROLLER",
                                "listener.security.protocol.map="
                                        + "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                                "log.dirs=" + settings.data().resolve("kafka"),
                                "group.initial.rebalance.delay.ms=0",
                                "offsets.topic.replication.factor=1",
                                "share.coordinator.state.topic.replication.factor=1",
                                "share.coordinator.state.topic.min.isr=1",
                                "transaction.state.log.replication.factor=1",
                                "transaction.state.log.min.isr=1"));
        if (settings.sync()) {
            lines.add("log.flush.interval.messages=1");
        }
        Files.write(properties, lines);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        if (!Files.isDirectory(settings.data().resolve("kafka"))) {
            format();
        }
        List<String> command = new ArrayList<>(List.of(Peers.java()));
        command.addAll(FLAGS);
        command.addAll(ServerSettings.NO_WARNINGS);
        command.addAll(List.of("-cp", jars, "kafka.Kafka", properties.toString()));
        run("kafka", settings.home(), command, Map.of());
    }

    private void format() throws IOException, InterruptedException {
        Path said = settings.home().resolve("format.out");
        Process format =
                new ProcessBuilder(
                                Peers.java(),
                                "-cp",
                                jars,
                                "kafka.tools.StorageTool",
                                "format",
                                "-t",
                                CLUSTER,
                                "-c",
                                properties.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        boolean ended = format.waitFor(FORMAT_SECONDS, TimeUnit.SECONDS);
        format.destroyForcibly();
        if (!ended || format.exitValue() != 0) {
            throw new IOException("Kafka's storage cannot be made: " + Files.readString(said));
        }
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
