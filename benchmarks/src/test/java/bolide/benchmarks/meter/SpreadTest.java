package bolide.benchmarks.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void shouldTakeMedianOfRounds() {
        assertThat(Spread.of(List.of(3.0, 1.0, 9.0), x -> x)).isEqualTo(new Spread(3, 1, 9));
        assertThat(Spread.of(List.of(3.0, 1.0), x -> x)).isEqualTo(new Spread(2, 1, 3));
    }
}
