package bolide.compatibility;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what nobody will tell us of. */
final class Deadline {
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Deadline() {}

    /** Looks again and again until the condition holds; throws when the time is over. */
    static void await(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + patience + " for " + what);
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }
}
