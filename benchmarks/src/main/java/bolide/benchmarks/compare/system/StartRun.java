package bolide.benchmarks.compare.system;

import bolide.benchmarks.load.LoadKind;
import bolide.benchmarks.load.LoadPlan;
import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.ProcessMeter;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.process.Scratch;
import bolide.benchmarks.server.MeasuredServer;
import bolide.benchmarks.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Servers that are started in turns, with nothing or with a copy of what one left that was killed.
/// The client is a process that runs already and has done it once, so that only the server is cold.
final class StartRun {
    private static final LoadPlan FIRST = LoadPlan.of(LoadKind.FIRST);
    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;

    private final Contest contest;
    private final Scratch scratch;
    private final boolean recovers;
    private final Map<ServerKind, Path> filled = new EnumMap<>(ServerKind.class);
    private final Map<ServerKind, LoadProcess> clients = new LinkedHashMap<>();
    private final Rounds rounds = new Rounds();

    StartRun(Contest contest) {
        this.contest = contest;
        this.scratch = contest.scratch();
        this.recovers = contest.workload().shape() == SystemWorkload.Shape.RECOVERY;
    }

    Rounds run(List<ServerKind> kinds) throws IOException, InterruptedException {
        try {
            for (ServerKind kind : kinds) {
                if (recovers) {
                    fill(kind);
                }
                clients.put(kind, contest.client(kind, FIRST));
                contest.tell(kind, "once, not counted");
                measure(kind, Duration.ZERO);
            }
            for (int round = 1; round <= contest.effort().rounds(); round++) {
                for (ServerKind kind : kinds) {
                    contest.tell(kind, "round " + round);
                    rounds.add(kind, measure(kind, idle()));
                }
            }
            return rounds;
        } finally {
            for (LoadProcess client : clients.values()) {
                client.close();
            }
        }
    }

    private Duration idle() {
        return recovers
                ? Duration.ZERO
                : Duration.ofMillis(
                        (long) (contest.effort().seconds() * TimeUnit.SECONDS.toMillis(1)));
    }

    private void fill(ServerKind kind) throws IOException, InterruptedException {
        contest.tell(kind, "is filled");
        Path data = scratch.folder("filled");
        filled.put(kind, data);
        try (MeasuredServer server = contest.server(kind, data);
                LoadProcess client = contest.client(kind, contest.workload().plan())) {
            server.start();
            client.prepare(server);
            server.kill();
        }
    }

    /// @param idle how long to look at the server when it has nothing to do
    private Reading measure(ServerKind kind, Duration idle)
            throws IOException, InterruptedException {
        Path data = recovers ? scratch.copy(filled.get(kind)) : scratch.folder("data");
        MeasuredServer server = contest.server(kind, data);
        try {
            rounds.flags().put(kind, server.flags());
            long start = System.nanoTime();
            server.start();
            clients.get(kind).sendFirst(server);
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            figures.put(Figure.START, (System.nanoTime() - start) / NANOS);
            if (idle.isPositive()) {
                lookAtIdle(new ProcessMeter(server.pids()), idle, figures);
            }
            clients.get(kind).disconnect(); // or the next start would wait for it
            return new Reading(figures);
        } catch (IOException failed) {
            throw new IOException(
                    failed.getMessage() + "\n" + clients.get(kind).complaints(), failed);
        } finally {
            Contest.end(kind, server);
            scratch.delete(data);
        }
    }

    private static void lookAtIdle(ProcessMeter meter, Duration idle, Map<Figure, Double> figures)
            throws IOException, InterruptedException {
        Thread.sleep(SETTLING);
        double before = meter.usage().all();
        Thread.sleep(idle);
        double used = meter.usage().all() - before;
        figures.put(Figure.IDLE_CPU, used * PERCENT * NANOS / idle.toNanos());
        figures.put(Figure.IDLE_MEMORY, meter.residentMib());
    }
}
