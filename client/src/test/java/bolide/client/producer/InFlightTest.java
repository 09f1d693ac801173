package bolide.client.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);

    @Test
    void shouldBoundMessages() throws InterruptedException {
        // given
        InFlight inFlight = new InFlight(2, 1_000);

        // when / then
        assertThat(inFlight.enter(1, SHORT)).isTrue();
        assertThat(inFlight.enter(1, SHORT)).isTrue();
        assertThat(inFlight.enter(1, SHORT)).isFalse();
        inFlight.leave(1, 1);
        assertThat(inFlight.enter(1, SHORT)).isTrue();
    }

    @Test
    void shouldBoundBytesAndGiveBackTheMessageWhenThereIsNoRoomForThem()
            throws InterruptedException {
        // given
        InFlight inFlight = new InFlight(2, 1_000);
        inFlight.enter(900, SHORT);

        // when / then
        assertThat(inFlight.enter(200, SHORT)).isFalse();
        assertThat(inFlight.enter(100, SHORT)).isTrue();
    }

    @Test
    void shouldLetTheLargestMessageThroughAlone() throws InterruptedException {
        // given
        InFlight inFlight = new InFlight(2, 1_000);
        int cost = inFlight.cost(5_000_000);

        // when / then
        assertThat(cost).isEqualTo(1_000);
        assertThat(inFlight.enter(cost, SHORT)).isTrue();
        assertThat(inFlight.enter(1, SHORT)).isFalse();
    }

    @Test
    void shouldWaitForRoom() throws InterruptedException {
        // given
        InFlight inFlight = new InFlight(1, 1_000);
        inFlight.enter(1, SHORT);
        Thread other = new Thread(() -> inFlight.leave(1, 1));

        // when
        other.start();

        // then
        assertThat(inFlight.enter(1, LONG)).isTrue();
        other.join();
    }

    @Test
    void shouldTellWhenNothingIsOnItsWay() throws InterruptedException {
        // given
        InFlight inFlight = new InFlight(3, 1_000);
        inFlight.enter(1, SHORT);

        // when / then
        assertThat(inFlight.awaitNone(SHORT)).isFalse();
        inFlight.leave(1, 1);
        assertThat(inFlight.awaitNone(SHORT)).isTrue();
        assertThat(inFlight.enter(1, SHORT)).isTrue();
    }
}
