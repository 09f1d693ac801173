package bolide.benchmarks.load;

import java.util.concurrent.atomic.AtomicLong;

/// Counts what failed in a run and says on standard error what the first was.
final class Failures {
    private final AtomicLong count = new AtomicLong();

    void add(Throwable failure) {
        if (count.getAndIncrement() == 0) {
            failure.printStackTrace();
        }
    }

    long count() {
        return count.get();
    }
}
