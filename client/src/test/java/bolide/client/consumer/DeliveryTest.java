package bolide.client.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.client.simulated.ManualTime;
import bolide.client.simulated.StepPool;
import bolide.protocol.route.MessageQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private final ManualTime time = new ManualTime();
    private final List<Long> taken = new ArrayList<>();
    private final List<Batch> consumed = new ArrayList<>();
    private MessageListener listener = message -> {};
    private final Delivery delivery =
            new Delivery(
                    10,
                    message -> {
                        listener.onMessage(message);
                        taken.add(message.queueOffset());
                    },
                    new StepPool(time),
                    time,
                    consumed::add);

    @Test
    void shouldHandOverOneAfterTheOtherAndCount() {
        // given
        delivery.add(batch(13, 10, 11, 12));
        delivery.add(batch(20)); // nothing wanted in between
        delivery.add(batch(21, 20));

        // when
        time.passMillis(1);

        // then
        assertThat(taken).containsExactly(10L, 11L, 12L, 20L);
        assertThat(consumed).hasSize(3);
        assertThat(delivery.consumedTo()).isEqualTo(21);
    }

    @Test
    void shouldStopBetweenTwoMessages() {
        // given
        List<CompletableFuture<Void>> stopped = new ArrayList<>();
        listener =
                message -> {
                    if (message.queueOffset() == 11) {
                        stopped.add(delivery.stop());
                    }
                };
        delivery.add(batch(13, 10, 11, 12));

        // when
        time.passMillis(1);

        // then
        assertThat(taken).containsExactly(10L, 11L);
        assertThat(stopped.get(0)).isCompleted();
        assertThat(delivery.consumedTo()).isEqualTo(12);
        assertThat(consumed).isEmpty();
    }

    @Test
    void shouldNotComeBackAfterItWasStoppedDuringAPause() {
        // given
        listener =
                message -> {
                    throw new IllegalStateException("not now");
                };
        delivery.add(batch(11, 10));
        time.passMillis(100);

        // when
        CompletableFuture<Void> stopped = delivery.stop();
        listener = message -> {};
        time.pass(Duration.ofMinutes(1));

        // then
        assertThat(stopped).isCompleted();
        assertThat(taken).isEmpty();
        assertThat(delivery.consumedTo()).isEqualTo(10);
    }

    @Test
    void shouldPauseLongerAndLongerUpToThirtySeconds() {
        // given
        List<Long> atMillis = new ArrayList<>();
        long from = time.millis();
        listener =
                message -> {
                    atMillis.add(time.millis() - from);
                    throw new IllegalStateException("never");
                };
        delivery.add(batch(11, 10));

        // when
        time.pass(Duration.ofSeconds(100));

        // then
        assertThat(atMillis)
                .containsExactly(0L, 1_000L, 3_000L, 7_000L, 15_000L, 31_000L, 61_000L, 91_000L);
    }

    @Test
    void shouldBringAMessageAgainThatEndedInAnError() {
        // given
        listener =
                message -> {
                    throw new StackOverflowError("deep");
                };
        delivery.add(batch(11, 10));
        assertThatThrownBy(() -> time.passMillis(1)).isInstanceOf(StackOverflowError.class);

        // when
        listener = message -> {};
        time.passMillis(1_100);

        // then
        assertThat(taken).containsExactly(10L);
    }

    private static Batch batch(long nextOffset, long... offsets) {
        MessageQueue queue = new MessageQueue("t", "a", 0);
        return new Batch(
                LongStream.of(offsets)
                        .mapToObj(offset ->
                                new ReceivedMessage(
                                        queue,
                                        offset,
                                        "id",
                                        "id",
                                        new byte[0],
                                        "",
                                        List.of(),
                                        Map.of(),
                                        0,
                                        0,
                                        0,
                                        1))
                        .toList(),
                nextOffset,
                100);
    }
}
