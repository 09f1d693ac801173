package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.commitlog.FlushPolicy;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that sends, `-Dkill.cycles` times and until `-Dkill.messages` were acknowledged,
/// and looks for them.
class KillTest {
    private static final int CYCLES = Integer.getInteger("kill.cycles", 2);
    private static final int MESSAGES = Integer.getInteger("kill.messages", 4000);

    @TempDir Path directory;

    @Test
    void shouldFindWhatKilledProcessesHadAcknowledged() throws Exception {
        SplittableRandom random = new SplittableRandom(CYCLES);
        long acknowledged = 0;
        long[] ends = {0, 0};
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            FlushPolicy policy = FlushPolicy.values()[cycle % 2];
            Path data = directory.resolve(policy.name());
            int count = MESSAGES / CYCLES + random.nextInt(100);
            try (SenderProcess sender = SenderProcess.start(data, policy, random.nextInt(1, 50))) {
                // when
                sender.awaitAcknowledged(count);
                sender.kill();

                // then
                assertThat(sender.count()).as(sender.tail()).isGreaterThanOrEqualTo(count);
                acknowledged += sender.count();
                ends[cycle % 2] = sender.check(data, policy, ends[cycle % 2], false);
                if (cycle + 2 >= CYCLES) {
                    sender.check(data, policy, 0, false);
                }
            }
        }
        System.out.printf(
                Locale.ROOT, "%d kills, %d messages acknowledged, 0 lost%n", CYCLES, acknowledged);
        assertThat(acknowledged).isGreaterThanOrEqualTo(MESSAGES);
    }
}
