package bolide.app.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/// What the program takes from the machine: time, threads, chance and memory. Everything else gets
/// them from here, through constructors.
public final class Seams {
    private Seams() {}

    public static InstantSource clock() {
        return InstantSource.system();
    }

    public static LongSupplier nanoClock() {
        return System::nanoTime;
    }

    public static ThreadFactory threads() {
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

    /// @return how many connections this process may accept: three quarters of what it may have
    ///   open, as the log, too, needs files
    static int connections() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        instanceof UnixOperatingSystemMXBean unix
                ? Math.clamp(unix.getMaxFileDescriptorCount() / 4 * 3, 1, Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
