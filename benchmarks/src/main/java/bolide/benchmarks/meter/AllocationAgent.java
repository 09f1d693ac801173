package bolide.benchmarks.meter;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Runs inside a measured JVM for a moment, see [Allocation].
public final class AllocationAgent {
    private AllocationAgent() {}

    /// Writes how many bytes this JVM's threads have allocated.
    ///
    /// @param file where to
    public static void agentmain(String file) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Files.writeString(Path.of(file), Long.toString(threads.getTotalThreadAllocatedBytes()));
    }
}
