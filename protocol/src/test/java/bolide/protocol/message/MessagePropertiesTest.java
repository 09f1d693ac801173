package bolide.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Broken;
import bolide.protocol.Golden;
import bolide.protocol.Hostile;
import bolide.protocol.Seeded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties as text and as bytes. */
class MessagePropertiesTest {
    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                3000,
                seeded -> {
                    // given
                    Map<String, String> properties = seeded.properties();

                    // when
                    String text = MessageProperties.encode(properties);

                    // then
                    assertThat(MessageProperties.decode(text)).containsExactlyEntriesOf(properties);
                    if (!text.isEmpty()) {
                        assertThat(text).endsWith("\2");
                        String open = text.substring(0, text.length() - 1);
                        assertThat(MessageProperties.decode(open))
                                .containsExactlyEntriesOf(properties);
                    }
                });
    }

    @Test
    void shouldTakeTheLastValueOfAName() {
        // when, then
        assertThat(MessageProperties.decode("a\0011\2b\0012\2a\0013\2"))
                .isEqualTo(Map.of("a", "3", "b", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\2", "\1", "\1\2", "\1v\2", "name", "name\2", "\2\2\2", "\1\1\1"})
    void shouldPassOverPartsWithoutAName(String text) {
        // when, then
        assertThat(MessageProperties.decode(text)).isEmpty();
        assertThat(MessageProperties.decode(text + "\2a\1b")).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void shouldEndANameAtTheFirstSeparator() {
        // when, then
        assertThat(MessageProperties.decode("a\1b\1c\2")).isEqualTo(Map.of("a", "b\1c"));
    }

    @Test
    void shouldFindInBytesWhatItReadsFromText() {
        Seeded.forEach(
                3000,
                seeded -> {
                    // given: separators anywhere, few different names
                    StringBuilder text = new StringBuilder();
                    for (int left = seeded.below(30); left > 0; left--) {
                        text.append("\1\2\1\2ab".charAt(seeded.below(6)));
                    }
                    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

                    for (String name : List.of("a", "b", "ab", "aa")) {
                        // when
                        long place =
                                MessageProperties.find(
                                        ByteBuffer.wrap(bytes), 0, bytes.length, name.getBytes());

                        // then
                        String found =
                                place < 0
                                        ? null
                                        : text.substring(
                                                (int) (place >>> 32),
                                                (int) (place >>> 32) + (int) place);
                        assertThat(found)
                                .isEqualTo(MessageProperties.decode(text.toString()).get(name));
                    }
                });
    }

    @Test
    void shouldTellWhatCannotBePutIntoProperties() {
        // when, then
        assertThat(MessageProperties.isSeparatorFree("a b\u4e1c")).isTrue();
        assertThat(MessageProperties.isSeparatorFree("")).isTrue();
        assertThat(MessageProperties.isSeparatorFree("a\1")).isFalse();
        assertThat(MessageProperties.isSeparatorFree("\2a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\2", "\1", "a\2", "\1\2", "a\1", "a\1\2"})
    void shouldReadLongTextsQuickly(String part) {
        // given
        String text = part.repeat(1_000_000 / part.length());

        // when
        Duration taken = Hostile.time(() -> MessageProperties.decode(text));

        // then
        assertThat(taken).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void shouldReadNamesOfOneHashCodeQuickly() {
        // given
        StringBuilder text = new StringBuilder();
        Hostile.namesOfOneHashCode(65_536).forEach(name -> text.append(name).append("\1\2"));

        // when
        Duration taken = Hostile.time(() -> MessageProperties.decode(text.toString()));

        // then
        assertThat(taken).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void shouldReadAnyText() {
        // given
        byte[] sample =
                "KEYS\1k1 k2\2TAGS\1\u4e1c\2empty\1\2last\1x".getBytes(StandardCharsets.UTF_8);
        Broken texts =
                new Broken(
                        List.of(sample),
                        null,
                        64,
                        text -> MessageProperties.decode(Golden.text(text)));

        // when, then
        texts.truncate();
        texts.mutateEveryByte();
        texts.mutateBySeed();
    }
}
