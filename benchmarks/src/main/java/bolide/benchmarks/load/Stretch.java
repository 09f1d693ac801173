package bolide.benchmarks.load;

import bolide.benchmarks.meter.Allocation;
import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.meter.ProcessMeter;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.meter.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;

/// Runs a load while it looks at the server's processes and at its own.
final class Stretch {
    private static final double MILLION = 1e6;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS = 1e3;
    private static final double WARM_UP_SECONDS = 2;
    private static final double QUIET_SHARE = 0.03; // of a core, by compilers
    private static final int QUIET_RUNS = 3; // one after the other

    private final Load load;
    private final ProcessMeter server;
    private final ProcessMeter client = new ProcessMeter(List.of(ProcessHandle.current().pid()));
    private final Allocation allocation;

    Stretch(Load load, List<Long> pids, Path scratch) throws IOException {
        this.load = load;
        this.server = new ProcessMeter(pids);
        this.allocation = new Allocation(pids, scratch);
    }

    /// Runs the load until the compilers of both JVMs have been quiet for a while.
    WarmUp warmUp(double mostSeconds) throws Exception {
        long start = System.nanoTime();
        int quiet = 0;
        while (quiet < QUIET_RUNS && Latencies.secondsSince(start) < mostSeconds) {
            Usage serverBefore = server.usage();
            Usage clientBefore = client.usage();
            long before = System.nanoTime();
            load.warmUp(WARM_UP_SECONDS);
            double seconds = Latencies.secondsSince(before);
            double compiling =
                    Math.max(
                            server.usage().since(serverBefore).compiling(),
                            client.usage().since(clientBefore).compiling());
            quiet = compiling / seconds < QUIET_SHARE ? quiet + 1 : 0;
            load.settle();
        }
        return new WarmUp(Latencies.secondsSince(start), quiet == QUIET_RUNS);
    }

    Reading measure(double seconds) throws Exception {
        long bytesBefore = allocation.bytes();
        Usage serverBefore = server.usage();
        Usage clientBefore = client.usage();
        Outcome outcome = load.run(seconds);
        Usage clientUsed = client.usage().since(clientBefore);
        Usage serverUsed = server.usage().since(serverBefore);
        long bytes = allocation.bytes() - bytesBefore;
        load.settle();
        if (outcome.messages() == 0) {
            throw new IllegalStateException("no message came through, see above");
        }

        double millions = outcome.messages() / MILLION;
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RATE, outcome.messages() / outcome.seconds());
        figures.put(Figure.SERVER_CPU, serverUsed.working() / millions);
        figures.put(Figure.SERVER_COLLECTING, serverUsed.collecting() / millions);
        figures.put(Figure.SERVER_COMPILING, serverUsed.compiling() / millions);
        figures.put(Figure.CLIENT_CPU, clientUsed.working() / millions);
        figures.put(Figure.CLIENT_COLLECTING, clientUsed.collecting() / millions);
        figures.put(Figure.CLIENT_COMPILING, clientUsed.compiling() / millions);
        figures.put(Figure.ALLOCATED, (double) bytes / outcome.messages());
        figures.put(Figure.PEAK, server.peakMib());
        figures.put(Figure.ERRORS, (double) outcome.errors());
        outcome.firstSeconds().ifPresent(first -> figures.put(Figure.FIRST, first * MILLIS));
        if (outcome.latencies().getTotalCount() > 0) {
            addLatencies(figures, outcome.latencies());
        }
        return new Reading(figures);
    }

    private static void addLatencies(Map<Figure, Double> figures, AbstractHistogram nanos) {
        figures.put(Figure.P50, nanos.getValueAtPercentile(50) / NANOS_PER_MILLI);
        figures.put(Figure.P99, nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
        figures.put(Figure.P999, nanos.getValueAtPercentile(99.9) / NANOS_PER_MILLI);
        figures.put(Figure.MAXIMUM, nanos.getMaxValue() / NANOS_PER_MILLI);
    }
}
