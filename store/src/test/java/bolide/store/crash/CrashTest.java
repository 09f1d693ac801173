package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.commitlog.FlushPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Ends processes in as many states of the disk as are asked for by `-Dcrash.states`, and compares
/// what the next process finds with what was promised. `-Dcrash.seed` repeats one life.
class CrashTest {
    private static final long STATES = Long.getLong("crash.states", 20_000);
    private static final Long SEED = Long.getLong("crash.seed");

    private final Coverage coverage = new Coverage();

    @Test
    void shouldKeepItsPromisesWhereverItIsEnded() throws Exception {
        // given
        long begun = System.nanoTime();
        AtomicLong seeds = new AtomicLong();

        // when
        if (SEED != null) {
            explore(SEED);
        } else {
            onAllCores(() -> {
                while (coverage.distinct() < STATES) {
                    explore(seeds.getAndIncrement());
                }
            });
        }

        // then
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s, %d lives, %.1f s, %.1f s of CPU%n",
                coverage,
                2 * seeds.get(),
                seconds,
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis()
                        / 1e3);
        assertThat(coverage.distinct()).isGreaterThanOrEqualTo(SEED == null ? STATES : 1);
    }

    private void explore(long seed) {
        for (FlushPolicy policy : FlushPolicy.values()) {
            new Explorer(policy, Defect.NONE, seed, coverage).explore();
        }
    }

    private static void onAllCores(Runnable work) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < cores; i++) {
                running.add(threads.submit(work));
            }
            for (Future<?> each : running) {
                try {
                    each.get();
                } catch (ExecutionException failed) {
                    threads.shutdownNow();
                    throw new AssertionError(failed.getCause());
                }
            }
        }
    }
}
