package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.LinuxProcess.Activity;
import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.protocol.frame.ResponseCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a server costs that nobody uses, though many are connected.
@EnabledOnOs(OS.LINUX)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class IdleTest {
    private static final Duration WATCHED = Duration.ofSeconds(12); // everything regular once
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final int MOST_GLANCES = 60;
    private static final long QUIET_NANOS = 5_000_000;
    private static final double MOST_CPU = 0.005; // of one core
    private static final double MOST_WAITS_A_SECOND = 1;
    private static final double MOST_WAITS_OF_THE_JVM = 5; // of its own threads, of any one
    private static final List<String> THREADS =
            List.of("io-", "flusher", "allocator", "dispatcher", "checkpointer", "retention");
    private static final int CONNECTIONS = 500;
    private static final long MOST_BYTES_A_CONNECTION = 64 * 1024;

    @TempDir private Path directory;

    @Test
    void shouldHardlyRunAndHoldLittleForEachConnection() throws IOException {
        // given
        List<Peer> peers = new ArrayList<>();
        try (ServerProcess server =
                new ServerProcess(
                        directory.resolve("errors.txt"),
                        "--port",
                        "0",
                        "--data",
                        directory.resolve("data").toString())) {
            LinuxProcess process = new LinuxProcess(server.pid());
            peers.add(talking(server));
            awaitQuiet(process);
            long residentBytes = process.residentBytes();

            // when
            while (peers.size() <= CONNECTIONS) {
                peers.add(talking(server));
            }

            // then
            assertThat((process.residentBytes() - residentBytes) / CONNECTIONS)
                    .isLessThan(MOST_BYTES_A_CONNECTION);

            // when
            awaitReserve(process);
            awaitQuiet(process);
            Map<String, Activity> done = watch(process, WATCHED);

            // then
            double seconds = WATCHED.toNanos() / 1e9;
            assertThat(cpuNanos(done) / 1e9 / seconds)
                    .as("cores used, by " + done)
                    .isLessThan(MOST_CPU);
            assertThat(done)
                    .allSatisfy((thread, activity) ->
                            assertThat(activity.waits() / seconds)
                                    .as(thread)
                                    .isLessThan(mostWaitsOf(thread)));
            assertThat(THREADS)
                    .allSatisfy(name ->
                            assertThat(done.keySet()).anyMatch(thread -> isCalled(thread, name)));
        } finally {
            peers.forEach(Peer::close);
        }
    }

    private static Peer talking(ServerProcess server) {
        Peer peer = server.peer();
        assertThat(peer.ask(Ask.send("orders", 0, "x".repeat(1024))).code())
                .isEqualTo(ResponseCode.SUCCESS);
        return peer;
    }

    private static double mostWaitsOf(String thread) {
        return THREADS.stream().anyMatch(name -> isCalled(thread, name))
                ? MOST_WAITS_A_SECOND
                : MOST_WAITS_OF_THE_JVM;
    }

    private static boolean isCalled(String thread, String name) {
        return thread.substring(thread.indexOf(' ') + 1).startsWith(name);
    }

    /// A server holds room back for a full disk some time after its start, once.
    private void awaitReserve(LinuxProcess process) {
        Path reserve = directory.resolve("data").resolve("spare").resolve("reserve");
        for (int glance = 0; !Files.exists(reserve); glance++) {
            assertThat(glance).as("glances at %s", reserve).isLessThan(MOST_GLANCES);
            watch(process, GLANCE);
        }
    }

    /// Until what had been begun is done, above all the compilers' work.
    private static void awaitQuiet(LinuxProcess process) {
        for (int glance = 0; glance < MOST_GLANCES; glance++) {
            if (cpuNanos(watch(process, GLANCE)) < QUIET_NANOS) {
                return;
            }
        }
        throw new AssertionError("it does not come to rest: " + watch(process, GLANCE));
    }

    /// @return what each thread that lives through all of it has done meanwhile
    private static Map<String, Activity> watch(LinuxProcess process, Duration time) {
        Map<String, Activity> before = process.threads();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        Map<String, Activity> done = new TreeMap<>();
        process.threads()
                .forEach((thread, activity) ->
                        done.put(
                                thread,
                                activity.since(before.getOrDefault(thread, Activity.NONE))));
        return done;
    }

    private static long cpuNanos(Map<String, Activity> threads) {
        return threads.values().stream().mapToLong(Activity::cpuNanos).sum();
    }
}
