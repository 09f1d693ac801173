package bolide.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Seeded;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecentTextsTest {
    private final RecentTexts recent = new RecentTexts(32, 64);

    private String of(byte[] bytes) {
        return recent.of(bytes, 0, bytes.length);
    }

    @Test
    void shouldMeanWhatTheBytesMean() {
        Seeded.forEach(
                3000,
                seeded -> {
                    // given
                    byte[] bytes = seeded.text().getBytes(StandardCharsets.UTF_8);
                    if (seeded.below(4) == 0 && bytes.length > 0) {
                        bytes[seeded.below(bytes.length)] = (byte) seeded.integer();
                    }

                    // when, then
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    assertThat(of(bytes)).isEqualTo(text);
                    assertThat(of(bytes)).isEqualTo(text);
                });
    }

    @Test
    void shouldGiveTheSameObjectAgainForAShortText() {
        // given
        String first = of("TopicTest".getBytes(StandardCharsets.UTF_8));

        // when, then
        assertThat(recent.of("a TopicTest".getBytes(StandardCharsets.UTF_8), 2, 11))
                .isSameAs(first);
    }
}
