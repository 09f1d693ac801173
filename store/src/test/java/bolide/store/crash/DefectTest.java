package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import bolide.store.commitlog.FlushPolicy;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whether the harness that is to find defects of the store finds those that are made on purpose.
class DefectTest {
    private static final int SEEDS = 30;

    /// What is left behind the end is richer where less is synced.
    private static FlushPolicy policy(long seed) {
        return seed % 2 == 0 ? FlushPolicy.SYNC : FlushPolicy.ASYNC;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldBeNoticed(Defect defect) {
        Coverage coverage = new Coverage();
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new Explorer(policy(seed), defect, seed, coverage).explore();
            } catch (Violation noticed) {
                System.out.printf(
                        Locale.ROOT,
                        "%s: noticed in life %d after %d states: %s%n",
                        defect,
                        seed + 1,
                        coverage.distinct(),
                        noticed.getMessage());
                assertThat(coverage.distinct()).isLessThan(20_000);
                return;
            }
        }
        fail(defect + " was not noticed in " + coverage.distinct() + " states");
    }
}
