package bolide.benchmarks.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {
    @Test
    void shouldSurviveItsWayFromAnotherProcess() {
        // given
        Reading reading = new Reading(Map.of(Figure.RATE, 12_345.678901, Figure.P99, 1e-7));

        // when
        Reading read = Reading.ofLine(reading.toLine());

        // then
        assertThat(read).isEqualTo(reading);
        assertThat(read.has(Figure.P50)).isFalse();
        assertThat(read.toJson()).isEqualTo("{\"rate\":12345.7,\"p99\":1.00000e-07}");
    }
}
