package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.crash.Machine.Mount;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Takes the power from an ext4 file system under a process that sends, `-Dpowercut.cycles` times,
/// and looks for what it had acknowledged.
class PowerCutTest {
    private static final int CYCLES = Integer.getInteger("powercut.cycles", 2);
    private static final int DISK_MEGABYTES = 512;
    private static final long LATE_MILLIS = 500; // a sync under way, on a busy machine

    @TempDir Path below;

    private long acknowledged;
    private long lost;
    private long oldest;

    @Test
    void shouldLoseNothingUnderSyncAndOnlyTheWindowUnderAsync() throws Exception {
        Machine.needs("xfs_io", "mkfs.ext4", "losetup");
        SplittableRandom random = new SplittableRandom(CYCLES);
        try (Mount disk = Mount.ext4(below, DISK_MEGABYTES)) {
            long checked = 0;
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                FlushPolicy policy = cycle % 4 == 3 ? FlushPolicy.ASYNC : FlushPolicy.SYNC;
                if (cycle % 10 == 0) {
                    disk.empty();
                    checked = 0;
                }
                checked = cut(disk, policy, random, checked);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d power cuts, %d messages acknowledged, 0 lost under sync, %d under async of"
                        + " which the oldest was %d ms old%n",
                CYCLES,
                acknowledged,
                lost,
                oldest);
    }

    private long cut(Mount disk, FlushPolicy policy, SplittableRandom random, long checked)
            throws Exception {
        Path data = disk.directory.resolve("data");
        try (SenderProcess sender = SenderProcess.start(data, policy, random.nextInt(1, 2000))) {
            // given
            int most = policy == FlushPolicy.SYNC ? 4000 : 40_000; // some windows
            sender.awaitAcknowledged(random.nextInt(1, most));

            // when
            long cutAt = System.currentTimeMillis();
            disk.cutPower();
            sender.kill();
            disk.remount();

            // then
            assertThat(sender.count()).as(sender.tail()).isPositive();
            acknowledged += sender.count();
            boolean async = policy == FlushPolicy.ASYNC;
            long end = sender.check(data, policy, checked, async);
            if (end <= sender.acknowledged()) {
                lost += sender.acknowledged() + 1 - end;
                long age = cutAt - sender.acknowledgedAtMillis(end);
                oldest = Math.max(oldest, age);
                assertThat(age).isLessThan(StoreRig.INTERVAL.toMillis() + LATE_MILLIS);
            }
            return end;
        }
    }
}
