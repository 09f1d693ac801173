package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Report;
import org.junit.jupiter.api.Test;

/** What the driver says arrives as it was said. */
final class ReportTest {
    @Test
    void shouldCarryAnyTextInOneAsciiLine() {
        // given
        Report report =
                Report.of(
                        "message", "body", "a \"b\" \\ \n\t{},:", "名前", "\uD83D\uDE80", "none", "");

        // when
        String line = report.line();

        // then
        assertThat(line).startsWith("message {").isASCII().doesNotContain("\n");
        assertThat(Report.parse(line)).isEqualTo(report);
    }

    @Test
    void shouldCarryPlainText() {
        // given
        Report report = Report.plain("at", "joined now");

        // then
        assertThat(report.line()).isEqualTo("at joined now");
        assertThat(Report.parse("at joined now")).isEqualTo(report);
    }
}
