package bolide.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Seeded;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiTextTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldFindTheFirstOfEitherWhereverItStands() {
        Seeded.forEach(
                20_000,
                seeded -> {
                    // given bytes that differ from what is looked for in one bit, above all
                    byte[] text = new byte[seeded.below(40)];
                    byte one = (byte) seeded.below(128);
                    byte other = (byte) (one ^ 1);
                    for (int i = 0; i < text.length; i++) {
                        int kind = seeded.below(12);
                        text[i] = (byte) (kind < 8 ? one ^ 1 << kind : seeded.integer());
                    }
                    int from = seeded.below(text.length + 1);
                    int to = from + seeded.below(text.length - from + 1);

                    // when
                    int found = AsciiText.indexOfEither(text, from, to, one, other);

                    // then
                    int expected = from;
                    while (expected < to && text[expected] != one && text[expected] != other) {
                        expected++;
                    }
                    assertThat(found).isEqualTo(expected);
                });
    }

    @Test
    void shouldFindNothingBehindTheEnd() {
        assertThat(AsciiText.indexOfEither(new byte[4], 6, 4, (byte) 0, (byte) 1)).isEqualTo(6);
    }

    @Test
    void shouldTellWhetherBothAreTheSame() {
        Seeded.forEach(
                20_000,
                seeded -> {
                    // given two texts that differ in one bit at most
                    byte[] text = new byte[seeded.below(40)];
                    byte[] other = new byte[60];
                    for (int i = 0; i < text.length; i++) {
                        text[i] = (byte) seeded.integer();
                    }
                    int at = seeded.below(text.length + 1);
                    int otherAt = seeded.below(20);
                    int length = seeded.below(text.length - at + 1);
                    System.arraycopy(text, at, other, otherAt, length);
                    int changed = seeded.below(text.length + 20);
                    other[changed] ^= (byte) (1 << seeded.below(8));

                    // when
                    boolean same = AsciiText.isSame(text, at, other, otherAt, length);

                    // then
                    boolean isWithin = changed >= otherAt && changed < otherAt + length;
                    assertThat(same).isEqualTo(!isWithin);
                });
    }

    @Test
    void shouldFindNothingTheSameWhereATextHasEnded() {
        assertThat(AsciiText.isSame(new byte[9], 1, new byte[9], 0, 9)).isFalse();
        assertThat(AsciiText.isSame(new byte[9], 1, new byte[9], 0, 8)).isTrue();
    }

    @Test
    void shouldTellPlainTextsFromThoseThatNeedEscapes() {
        for (int odd = -128; odd < 128; odd++) {
            boolean isPlain = odd >= 0x20 && odd != '"' && odd != '\\';
            for (int length = 1; length < 20; length++) {
                for (int at = 0; at < length; at++) {
                    // given
                    byte[] text = bytes(" ".repeat(length));
                    text[at] = (byte) odd;

                    // when, then
                    assertThat(AsciiText.isPlain(text)).isEqualTo(isPlain);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "+7",
                "-1",
                "007",
                "123456789012345678",
                "-123456789012345678",
                "9223372036854775807",
                "-9223372036854775808",
                "0000000000000000000000000001"
            })
    void shouldReadWhatTheLibraryReads(String number) {
        // given
        byte[] text = bytes("x" + number + "9");

        // when, then
        assertThat(AsciiText.parseLong(text, 1, text.length - 1)).isEqualTo(Long.parseLong(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "+", "--1", "1-", "1.0", "1e3", " 1", "é", "9223372036854775808"})
    void shouldRefuseWhatTheLibraryRefuses(String number) {
        byte[] text = bytes(number);
        assertThatThrownBy(() -> AsciiText.parseLong(text, 0, text.length))
                .isInstanceOf(NumberFormatException.class);
    }
}
