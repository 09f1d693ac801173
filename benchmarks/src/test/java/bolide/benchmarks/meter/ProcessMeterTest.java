package bolide.benchmarks.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProcessMeterTest {
    private static final double USED = 0.3; // seconds
    private static final int LOOKS = 3_000;

    private final ProcessMeter meter = new ProcessMeter(List.of(ProcessHandle.current().pid()));

    @Test
    void shouldCountWhatThisProcessUses() throws IOException {
        // given
        Usage before = meter.usage();

        // when
        Usage used = before.since(before);
        long sum = 0;
        while (used.all() < USED) {
            for (int i = 0; i < 1_000_000; i++) {
                sum += i ^ sum;
            }
            used = meter.usage().since(before);
        }

        // then
        assertThat(sum).isNotZero();
        assertThat(used.working()).isBetween(0.0, used.all());
        assertThat(before.compiling()).isPositive();
        double resident = meter.residentMib();
        assertThat(resident).isPositive();
        assertThat(meter.peakMib()).isGreaterThan(resident * 0.9); // Linux counts roughly
    }

    /// Linux says of a thread that ends while it is looked at either that there is no such file or
    /// that there is no such process.
    @Test
    void shouldPassOverThreadsThatEndMeanwhile() throws Exception {
        // given
        AtomicBoolean going = new AtomicBoolean(true);
        Thread starter =
                Thread.ofPlatform()
                        .start(() -> {
                            while (going.get()) {
                                Thread.ofPlatform().start(() -> {});
                            }
                        });

        // when
        Usage last = Usage.NONE;
        try {
            for (int i = 0; i < LOOKS; i++) {
                last = meter.usage();
            }
        } finally {
            going.set(false);
            starter.join();
        }

        // then
        assertThat(last.all()).isPositive();
    }
}
