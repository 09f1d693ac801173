package bolide.app;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many files and connections this process, and a process that it starts, may have open.
final class Descriptors {
    private Descriptors() {}

    /// Says what to do when there are too few; systems that do not tell are believed to have
    /// enough.
    static void assertEnoughFor(long wanted) {
        long limit = limit();
        if (limit < wanted) {
            throw new AssertionError(
                    wanted
                            + " open files and connections are needed in each process, and the"
                            + " limit is "
                            + limit
                            + "; raise it for this shell with: ulimit -n "
                            + wanted);
        }
    }

    private static long limit() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
