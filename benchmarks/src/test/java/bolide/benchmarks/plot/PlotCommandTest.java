package bolide.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlotCommandTest {
    private static final String LINES =
            """
            {"name":"send-1","about":"1 thread","load":"1 2 3","goals":[{"goal":"faster","reached":3.00000,"met":true}],"servers":[{"name":"Bolide","flags":"","warm_up_s":4.0,"quiet":true,"rounds":[{"rate":100.000,"p99":1.5},{"rate":300.000,"p99":1.7}]},{"name":"floor","flags":"","rounds":[{"rate":400.000,"p99":0.5}]}]}
            {"name":"pop","not_yet":"Bolide has no POP consumption"}
            """;

    @TempDir Path directory;

    @Test
    void shouldDrawEachResult() throws IOException {
        // given
        Path lines = Files.writeString(directory.resolve("lines"), LINES);
        StringWriter printed = new StringWriter();

        // when
        int code =
                new CommandLine(new PlotCommand())
                        .setOut(new PrintWriter(printed))
                        .execute(lines.toString(), "--to=" + directory.resolve("plots"));

        // then
        assertThat(code).isZero();
        assertThat(printed.toString())
                .contains(
                        "| | Bolide | floor |",
                        "| messages per second | 200 (100 to 300) | 400 (400 to 400) |",
                        "Goal: faster; reached 3.00, met.")
                .doesNotContain("pop");
        assertThat(directory.resolve("plots")).isDirectoryContaining("glob:**/send-1.svg");
        assertThat(Files.readString(directory.resolve("plots/send-1.svg")))
                .startsWith("<svg ")
                .contains("200 (100 to 300)", "0.500 (0.500 to 0.500)")
                .endsWith("</svg>\n");
    }
}
