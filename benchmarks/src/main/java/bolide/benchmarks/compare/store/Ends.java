package bolide.benchmarks.compare.store;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;

/// Waits until queues have come as far as they should.
final class Ends {
    private static final long PAUSE_NANOS = 100_000;

    private Ends() {}

    /// @param expected the end of each queue, numbered as in [Topics]
    static void await(StoreUnderTest store, Topics topics, IntToLongFunction expected) {
        String[] names = topics.names();
        for (int queue = 0; queue < topics.queues(); queue++) {
            String topic = names[queue / topics.queuesEach()];
            int queueId = queue % topics.queuesEach();
            long end = expected.applyAsLong(queue);
            while (store.end(topic, queueId) < end) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
