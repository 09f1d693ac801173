package bolide.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// When a message was due, in its body.
final class StampTest {
    @Test
    void shouldBeReadAsItWasWritten() {
        // given
        long micros = Stamp.micros(Instant.parse("2026-11-21T12:00:00.123456789Z"));

        // when
        byte[] body = Stamp.body(1024, micros);

        // then
        assertThat(body).hasSize(1024);
        assertThat(Stamp.micros(body)).hasValue(micros);
        assertThat(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000))
                .isEqualTo("2026-11-21T12:00:00.123456Z");
    }

    @Test
    void shouldBeMissedInABodyWithoutRoomOrOfSomebodyElse() {
        assertThat(Stamp.micros(Stamp.body(Stamp.BYTES, 7))).hasValue(7);
        assertThat(Stamp.micros(Stamp.body(Stamp.BYTES - 1, 7))).isEmpty();
        assertThat(Stamp.micros(new byte[1024])).isEmpty();
    }
}
