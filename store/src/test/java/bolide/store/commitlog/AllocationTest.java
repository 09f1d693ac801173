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

    @Test
    void shouldMakeNoObjectsPerWarmAppend() {
        // given
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ManualClock clock = new ManualClock();
        StoreConfig config =
                new StoreConfig(
                        FlushPolicy.ASYNC, StoreRig.INTERVAL, StoreConfig.LARGEST_SEGMENT_BYTES);
        try (Store store = new Store(new DirectoryVolume(directory), config)) {
            store.startOn(new Turns(clock), clock, clock, queue -> {}, failure -> {});
            Appender appender = store.log().appender();
            NewRecord record = Records.of("topic", 3, new byte[1024], "TAGS\1x\2", 0);
            List<Double> rounds = new ArrayList<>();

            // when
            do {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < APPENDS; i++) {
                    appender.stage("topic", record, NOBODY);
                    appender.publish();
                }
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                rounds.add(allocated / (double) APPENDS);
            } while (rounds.getLast() >= MOST_BYTES && rounds.size() < MOST_ROUNDS);

            // then
            assertThat(rounds.getLast()).as("bytes per append: %s", rounds).isLessThan(MOST_BYTES);
        }
    }
}
