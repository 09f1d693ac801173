package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.ManualClock;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that appends to a directory, and looks for what it had acknowledged.
@Timeout(60)
class KillTest {
    /// Appends numbered messages for ever, and prints the number of each that is acknowledged.
    static final class Sender {
        private Sender() {}

        public static void main(String[] args) throws InterruptedException {
            Store store = open(Path.of(args[0]), FlushPolicy.valueOf(args[1]));
            for (int i = 0; ; i++) {
                int number = i;
                Noted noted = new Noted(() -> System.out.println("acknowledged " + number));
                store.log().appender().stage("a", Records.of("a", 0, "" + i), noted);
                if (i % 3 == 0) {
                    store.log().appender().publish();
                }
                if (i % 300 == 0) {
                    noted.await();
                }
            }
        }
    }

    @TempDir Path directory;

    private static Store open(Path directory, FlushPolicy policy) {
        StoreConfig config = new StoreConfig(policy, StoreRig.INTERVAL, StoreRig.SEGMENT_BYTES);
        ManualClock clock = new ManualClock();
        Store store = new Store(new DirectoryVolume(directory), config);
        store.start(
                clock,
                clock,
                Thread::new,
                queue -> {},
                failure -> {
                    throw new AssertionError(failure);
                });
        return store;
    }

    @Test
    void shouldFindWhatAKilledProcessHadAcknowledged() throws Exception {
        for (FlushPolicy policy : FlushPolicy.values()) {
            // given
            Path data = directory.resolve(policy.name());
            Process sender =
                    new ProcessBuilder(
                                    ProcessHandle.current().info().command().orElseThrow(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Sender.class.getName(),
                                    data.toString(),
                                    policy.name())
                            .start();

            // when
            int acknowledged = killAfter(sender, 2000);

            // then
            try (Store store = open(data, policy)) {
                List<String> bodies = Records.bodies(store, "a", 0);
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < bodies.size(); i++) {
                    expected.add("" + i);
                }
                assertThat(bodies).as("%s", policy).isEqualTo(expected);
                assertThat(bodies.size()).isGreaterThan(acknowledged);
                assertThat(store.log().segments().all()).hasSizeGreaterThan(1);
            }
        }
    }

    /// @return the largest number that was acknowledged
    private static int killAfter(Process sender, int acknowledgements) throws IOException {
        int last = -1;
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(sender.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("acknowledged \\d+")) { // the very last may be torn
                    last = Integer.parseInt(line.substring("acknowledged ".length()));
                }
                if (last >= acknowledgements) {
                    sender.toHandle()
                            .destroyForcibly(); // unlike the process, leaves its output open
                }
            }
        }
        assertThat(last).isGreaterThanOrEqualTo(acknowledgements);
        return last;
    }
}
