package bolide.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What strangers' texts look like in our messages. */
class ExcerptTest {
    @Test
    void shouldQuoteAText() {
        // when, then
        assertThat(Excerpt.of("a b")).isEqualTo("\"a b\"");
        assertThat(Excerpt.of("")).isEqualTo("\"\"");
    }

    @Test
    void shouldReplaceWhatCouldBeginALineOrHideText() {
        // when, then
        assertThat(Excerpt.of("a\r\n\t\0\u007f\u0085b")).isEqualTo("\"a??????b\"");
        assertThat(Excerpt.of("\u2028\u2029\u202e\u2066\u200b\ufeff")).isEqualTo("\"??????\"");
    }

    @Test
    void shouldKeepLettersOfAnyLanguage() {
        // when, then
        assertThat(Excerpt.of("\u6771\u4eac caf\u00e9 \ud83d\ude80"))
                .isEqualTo("\"\u6771\u4eac caf\u00e9 \ud83d\ude80\"");
    }

    @Test
    void shouldCutALongText() {
        // when, then
        assertThat(Excerpt.of("x".repeat(64))).isEqualTo("\"" + "x".repeat(64) + "\"");
        assertThat(Excerpt.of("x".repeat(65)))
                .isEqualTo("\"" + "x".repeat(64) + "\"... (65 characters)");
    }

    @Test
    void shouldNotLeaveHalfACharacter() {
        // when, then
        assertThat(Excerpt.of("x".repeat(63) + "\ud83d\ude80"))
                .isEqualTo("\"" + "x".repeat(63) + "?\"... (65 characters)");
        assertThat(Excerpt.of("\ud83d")).isEqualTo("\"?\"");
    }
}
