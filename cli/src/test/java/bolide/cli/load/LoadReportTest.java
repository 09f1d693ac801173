package bolide.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a load prints in the end.
final class LoadReportTest {
    private static final long MILLI = 1_000_000;

    private final Figures figures = new Figures();

    @Test
    void shouldTellRateLatenciesAndErrors() {
        // given a thousand messages in ten seconds, the last three of them slow
        for (int i = 1; i <= 997; i++) {
            figures.add(i * 10 * MILLI, MILLI);
        }
        for (int i = 998; i <= 1000; i++) {
            figures.add(i * 10 * MILLI, 64 * MILLI);
        }
        figures.errors().add("refused", 1, "the \"first\"");
        figures.errors().add("refused", 1, "another");
        figures.errors().add("missing", 5, "never came");

        // when
        LoadReport report = LoadReport.of("produce", figures, 1000, figures.nanosSince(0));

        // then
        assertThat(report.isClean()).isFalse();
        assertThat(report.toJson())
                .isEqualTo(
                        "{\"load\":\"produce\",\"messages\":1000,\"seconds\":10.000,\"per_s\":100,"
                                + "\"p50_ms\":1.000,\"p99_ms\":1.000,\"p999_ms\":64.029,"
                                + "\"max_ms\":64.029,\"errors\":"
                                + "{\"missing\":{\"count\":5,\"first\":\"never came\"},"
                                + "\"refused\":{\"count\":2,\"first\":\"the \\\"first\\\"\"}}}");
        assertThat(report.toTable())
                .contains("1,000   in 10.0 s\n")
                .contains("errors                     7\n")
                .contains("  missing, 5 times, first: never came\n")
                .endsWith("  refused, 2 times, first: the \"first\"\n")
                .doesNotContain("first message");
    }

    @Test
    void shouldTellWhenTheFirstMessageCame() {
        // given
        figures.add(75 * MILLI, MILLI);
        figures.add(90 * MILLI, MILLI);

        // when
        LoadReport report =
                LoadReport.of("consume", figures, 1, figures.spanNanos())
                        .withFirst(figures.nanosToFirst(50 * MILLI));

        // then
        assertThat(report.toJson()).contains("\"first_ms\":25.000,\"errors\":{}}");
        assertThat(report.toTable())
                .contains("first message         25.000 ms after the start\nerrors  ");
    }

    @Test
    void shouldTellOfNothing() {
        // when
        LoadReport report =
                LoadReport.of("consume", figures, -1, figures.spanNanos())
                        .withFirst(figures.nanosToFirst(0));

        // then
        assertThat(report.isClean()).isTrue();
        assertThat(report.toJson())
                .contains("\"messages\":0,\"seconds\":0.000,\"per_s\":0,\"p50_ms\":0.000")
                .doesNotContain("first_ms");
    }
}
