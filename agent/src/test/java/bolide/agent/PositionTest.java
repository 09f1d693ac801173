package bolide.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PositionTest {
    @Test
    void shouldBeWhereItWasAdvancedTo() {
        // given
        Position position = new Position(7);
        long start = position.get();

        // when
        position.advanceTo(7);
        position.advanceTo(Long.MAX_VALUE);

        // then
        assertThat(start).isEqualTo(7);
        assertThat(position.get()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotGoBack() {
        // given
        Position position = new Position(7);

        // when // then
        assertThatThrownBy(() -> position.advanceTo(6))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("from 7 to 6");
        assertThat(position.get()).isEqualTo(7);
    }

    @Test
    void shouldShowWhatWasWrittenBeforeIt() throws InterruptedException {
        // given
        Position position = new Position(0);
        long[] written = new long[50_000];
        Thread writer =
                new Thread(() -> {
                    for (int i = 0; i < written.length; i++) {
                        written[i] = i + 1;
                        position.advanceTo(i + 1);
                    }
                });

        // when
        writer.start();
        long seen = 0;
        long wrong = 0;
        while (seen < written.length) {
            seen = position.get();
            wrong += seen > 0 && written[(int) seen - 1] != seen ? 1 : 0;
        }
        writer.join();

        // then
        assertThat(wrong).isZero();
    }
}
