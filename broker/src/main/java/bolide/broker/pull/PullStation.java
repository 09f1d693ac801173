package bolide.broker.pull;

import bolide.broker.arrival.Arrivals;
import bolide.broker.group.GroupTopics;
import bolide.broker.group.Groups;
import bolide.broker.group.Members;
import bolide.broker.offset.Offsets;
import bolide.broker.statistics.Traffic;
import bolide.broker.topic.Topics;
import bolide.remoting.Timers;
import bolide.store.Store;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Puts together what hands messages out, and owns the threads that may wait for the disk doing so.
public final class PullStation implements AutoCloseable {
    private static final int COLD_READERS = 2;
    private static final int MOST_COLD_READS = 1024;

    private final ThreadPoolExecutor coldReads;
    private final PullHandler handler;

    /// @param hotBytes what lies within so many bytes of the log's end is taken to be in memory
    public PullStation(
            Topics topics,
            Groups groups,
            GroupTopics groupTopics,
            Members members,
            Offsets offsets,
            Store store,
            Arrivals arrivals,
            Timers timers,
            Traffic traffic,
            ThreadFactory threads,
            long hotBytes) {
        this.coldReads =
                new ThreadPoolExecutor(
                        COLD_READERS,
                        COLD_READERS,
                        1,
                        TimeUnit.MINUTES,
                        new ArrayBlockingQueue<>(MOST_COLD_READS),
                        threads);
        coldReads.allowCoreThreadTimeOut(true);
        QueueReader reader =
                new QueueReader(store.queues(), store.log(), hotBytes, store.recovered().start());
        this.handler =
                new PullHandler(
                        topics,
                        groups,
                        groupTopics,
                        members,
                        offsets,
                        reader,
                        arrivals,
                        timers,
                        traffic,
                        coldReads);
    }

    public PullHandler handler() {
        return handler;
    }

    @Override
    public void close() {
        coldReads.shutdown();
    }
}
