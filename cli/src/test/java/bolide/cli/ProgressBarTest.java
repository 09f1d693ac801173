package bolide.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// How far something has come, for those who look at it.
final class ProgressBarTest {
    private static final long TOTAL = 200;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long nanos;

    @Test
    void shouldShowHowFarItHasCome() {
        // given
        ProgressBar bar = new ProgressBar(out, true, "sending", TOTAL, () -> nanos);

        // when
        bar.show(50);

        // then
        assertThat(printed()).isEqualTo("\rsending    [#######.......................]  25%");
    }

    @Test
    void shouldShowAtMostTenStepsASecondAndTheLastOne() {
        // given
        ProgressBar bar = new ProgressBar(out, true, "sending", TOTAL, () -> nanos);

        // when
        for (int done = 0; done <= TOTAL; done++) {
            nanos = done * 1_000_000L;
            bar.show(done);
        }

        // then
        assertThat(printed().split("\r")).hasSize(1 + 3); // what is before the first, 0, 100, 200
        assertThat(printed()).endsWith("100%");
    }

    @Test
    void shouldTakeItselfAway() {
        // given
        ProgressBar bar = new ProgressBar(out, true, "sending", TOTAL, () -> nanos);
        bar.show(TOTAL);
        int length = printed().length();
        bytes.reset();

        // when
        bar.close();

        // then
        assertThat(printed()).isEqualTo("\r" + " ".repeat(50) + "\r").hasSizeGreaterThan(length);
    }

    @Test
    void shouldPrintNothingWhereNobodyLooks() {
        // given
        ProgressBar bar = new ProgressBar(out, false, "sending", TOTAL, () -> nanos);

        // when
        bar.show(TOTAL);
        bar.close();

        // then
        assertThat(printed()).isEmpty();
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
