package bolide.benchmarks.costs;

import bolide.benchmarks.compare.system.LoadProcess;
import bolide.benchmarks.load.ClientKind;
import bolide.benchmarks.load.LoadKind;
import bolide.benchmarks.load.LoadPlan;
import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.ProcessMeter;
import bolide.benchmarks.process.Scratch;
import bolide.benchmarks.server.MeasuredServer;
import bolide.benchmarks.server.ServerKind;
import bolide.benchmarks.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A server that gets so much of something, is measured, stopped, and started again.
final class CostRun {
    private static final double NANOS = 1e9;

    private final Path directory;
    private final boolean usesMemory;
    private final double warmUpSeconds;
    private final double seconds;

    CostRun(Path directory, boolean usesMemory, double warmUpSeconds, double seconds) {
        this.usesMemory = usesMemory;
        this.directory = directory;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    Cost measure(Dimension dimension, int size) throws IOException, InterruptedException {
        try (Scratch scratch = new Scratch(directory)) {
            Path data = scratch.folder("data");
            double cpu;
            double memory;
            try (MeasuredServer server = server(scratch, data);
                    LoadProcess client = client(scratch, dimension.plan(size));
                    Crowd crowd = new Crowd(server.address())) {
                server.start();
                if (dimension == Dimension.STORED && size > 0) {
                    try (LoadProcess filler = client(scratch, Dimension.storing(size))) {
                        filler.prepare(server);
                    }
                }
                client.prepare(server);
                switch (dimension) {
                    case GROUPS -> crowd.commit(size);
                    case CONNECTIONS -> crowd.join(size);
                    case TOPICS, QUEUES, STORED -> {}
                }
                client.warmUp(server, warmUpSeconds);
                scratch.sync();
                if (usesMemory) {
                    scratch.useMemory();
                }
                cpu = client.measure(server, seconds).get(Figure.SERVER_CPU);
                memory = new ProcessMeter(server.pids()).ownMib();
            }
            return new Cost(dimension, size, cpu, memory, start(scratch, data));
        }
    }

    /// The client has done it once, with another server, so that only the server is cold.
    private double start(Scratch scratch, Path data) throws IOException, InterruptedException {
        try (LoadProcess client = client(scratch, LoadPlan.of(LoadKind.FIRST))) {
            try (MeasuredServer other = server(scratch, scratch.folder("other"))) {
                other.start();
                client.sendFirst(other);
                client.disconnect();
            }
            scratch.sync();
            try (MeasuredServer server = server(scratch, data)) {
                long start = System.nanoTime();
                server.start();
                client.sendFirst(server);
                double took = (System.nanoTime() - start) / NANOS;
                client.disconnect();
                return took;
            }
        }
    }

    private static MeasuredServer server(Scratch scratch, Path data) throws IOException {
        return ServerKind.BOLIDE.make(
                new ServerSettings(scratch.folder("server"), data, false, List.of()));
    }

    private static LoadProcess client(Scratch scratch, LoadPlan plan) throws IOException {
        return new LoadProcess(ClientKind.ROCKETMQ, plan, scratch.folder("load"));
    }
}
