package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.NewRecord;
import bolide.store.ManualClock;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.Turns;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.Volume;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
    private static final int APPENDS = 5_000;
    private static final int MOST_ROUNDS = 100; // by then everything has been compiled
    private static final double MOST_BYTES = 0.01;

    // What an entry of a queue takes, and two keys; and 8,000 bytes for a page that is begun early.
    private static final double MOST_INDEX_BYTES = 32 + 2 * 8 + 8_000.0 / APPENDS;

    private static final AppendListener NOBODY =
            new AppendListener() {
                @Override
                public void placed(int index, long queueOffset, long position) {
                    // what a listener keeps is its own
                }

                @Override
                public void readable() {
                    // likewise
                }
            };

    @TempDir Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ManualClock clock = new ManualClock();
    private final NewRecord record =
            Records.of("topic", 3, new byte[1024], "UNIQ_KEY\1k\2TAGS\1x\2", 0);

    @Test
    void shouldMakeNoObjectsPerWarmAppend() {
        // given a log that nobody follows
        Volume volume = new DirectoryVolume(directory);
        Segments segments = Segments.open(volume, StoreConfig.LARGEST_SEGMENT_BYTES);
        CommitLog log =
                new CommitLog(
                        segments,
                        FlushedMark.open(volume),
                        new QueueTails(),
                        0,
                        0,
                        FlushPolicy.ASYNC,
                        StoreRig.INTERVAL,
                        clock,
                        clock,
                        new Turns(clock),
                        () -> {},
                        failure -> {});
        try {
            // when
            List<Double> rounds = rounds(log.appender(), MOST_BYTES);

            // then
            assertThat(rounds.getLast()).as("bytes per append: %s", rounds).isLessThan(MOST_BYTES);
        } finally {
            log.stop();
            segments.close();
        }
    }

    @Test
    void shouldMakeNothingPerDispatchedMessageButItsEntryAndKeys() {
        // given
        StoreConfig config =
                new StoreConfig(
                        FlushPolicy.ASYNC, StoreRig.INTERVAL, StoreConfig.LARGEST_SEGMENT_BYTES);
        try (Store store = new Store(new DirectoryVolume(directory), config)) {
            store.startOn(new Turns(clock), clock, clock, queue -> {}, failure -> {});

            // when
            List<Double> rounds = rounds(store.log().appender(), MOST_INDEX_BYTES);

            // then
            assertThat(rounds.getLast())
                    .as("bytes per message: %s", rounds)
                    .isLessThan(MOST_INDEX_BYTES);
        }
    }

    /// @return bytes per append of each round, the last of which is below the wanted ones, or the
    ///   hundredth
    private List<Double> rounds(Appender appender, double wanted) {
        List<Double> rounds = new ArrayList<>();
        do {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < APPENDS; i++) {
                appender.stage("topic", record, NOBODY);
                appender.publish();
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            rounds.add(allocated / (double) APPENDS);
        } while (rounds.getLast() >= wanted && rounds.size() < MOST_ROUNDS);
        return rounds;
    }
}
