package bolide.benchmarks.compare.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialTest {
    @Test
    void shouldSurviveItsWayIntoAnotherProcess() {
        // given
        Trial trial =
                Trial.of(Side.APACHE, Workload.APPEND)
                        .with(Setting.SYNC, 1)
                        .with(Setting.SEGMENT_BYTES, 1L << 22);

        // when
        Trial read = Trial.ofArguments(trial.toArguments());

        // then
        assertThat(read).isEqualTo(trial);
        assertThat(read.get(Setting.THREADS)).isEqualTo(1);
    }
}
