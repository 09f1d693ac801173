package bolide.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void shouldCountFromWhenMessagesWereDue() {
        // given
        Schedule schedule = new Schedule(1_000);

        // when
        long tenth = schedule.await(10);
        long reached = System.nanoTime();
        long fifth = schedule.await(5); // long past

        // then
        assertThat(reached).isGreaterThanOrEqualTo(tenth);
        assertThat(tenth - fifth).isEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
    }
}
