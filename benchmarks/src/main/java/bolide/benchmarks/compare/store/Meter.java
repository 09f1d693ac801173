package bolide.benchmarks.compare.store;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What this process has used since [#start].
final class Meter {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final double NANOS = 1e9;

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Path> compilers = compilerThreads();

    private long startNanos;
    private long startCpuNanos;
    private long startCompilerNanos;
    private long startBytes;

    void start() {
        startBytes = threads.getTotalThreadAllocatedBytes();
        startCompilerNanos = compilerNanos();
        startCpuNanos = system.getProcessCpuTime();
        startNanos = System.nanoTime();
    }

    /// @return how long it took to get here
    double seconds() {
        return (System.nanoTime() - startNanos) / NANOS;
    }

    /// @param acknowledgedSeconds when the last message was acknowledged
    Measurement stop(long messages, double acknowledgedSeconds) {
        double seconds = seconds();
        long cpu = system.getProcessCpuTime() - startCpuNanos;
        long compiler = compilerNanos() - startCompilerNanos;
        long bytes = threads.getTotalThreadAllocatedBytes() - startBytes;
        return new Measurement(
                messages,
                acknowledgedSeconds,
                seconds,
                (cpu - compiler) / NANOS,
                compiler / NANOS,
                bytes);
    }

    /// The JVM keeps their number fixed, see [TrialProcess].
    private static List<Path> compilerThreads() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                String name = nameOf(task);
                if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                    found.add(task);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }

    private long compilerNanos() {
        long nanos = 0;
        try {
            for (Path thread : compilers) {
                String used = Files.readString(thread.resolve("schedstat"));
                nanos += Long.parseLong(used.substring(0, used.indexOf(' ')));
            }
            return nanos;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
