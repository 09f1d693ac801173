package bolide.benchmarks.compare.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Counts one sender's acknowledged messages. The sender waits for a count, anybody raises it.
final class Acknowledged {
    private final AtomicLong count = new AtomicLong();
    private volatile long wanted;
    private volatile Thread waiting;

    void one() {
        if (count.incrementAndGet() == wanted) {
            LockSupport.unpark(waiting);
        }
    }

    void await(long atLeast) {
        if (count.get() >= atLeast) {
            return;
        }
        waiting = Thread.currentThread();
        wanted = atLeast; // before the count is looked at, so that one of both notices
        while (count.get() < atLeast) {
            LockSupport.park(this);
        }
    }
}
