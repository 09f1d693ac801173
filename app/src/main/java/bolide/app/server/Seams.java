package bolide.app.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/// What the server takes from the machine: time, threads, chance and memory. Everything else gets
/// them from here, through constructors.
final class Seams {
    private Seams() {}

    static InstantSource clock() {
        return InstantSource.system();
    }

    static LongSupplier nanoClock() {
        return System::nanoTime;
    }

    static ThreadFactory threads() {
        return Thread.ofPlatform().daemon(true).factory();
    }

    static ThreadFactory requestThreads() {
        return Thread.ofVirtual().name("req-", 1).factory();
    }

    /// @return gives a number from 0 to below its argument
    static IntUnaryOperator random() {
        return bound -> ThreadLocalRandom.current().nextInt(bound);
    }

    /// @return bytes of memory that the machine, or the container, has
    static long memoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
