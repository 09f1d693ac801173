package bolide.benchmarks.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Sees to it that costs can still be measured, with counts that say nothing about them.
class CostsCommandTest {
    @TempDir Path directory;

    private final StringWriter printed = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @Test
    void shouldMeasureServersWithFewAndWithMany() {
        // when
        int code =
                run(
                        "--leave-memory",
                        "--most=100",
                        "--seconds=0.5",
                        "--warm-up=0",
                        "--json",
                        "groups");

        // then
        assertThat(code).as(complained.toString()).isZero();
        assertThat(printed.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"start_seconds\":"))
                .satisfiesExactly(
                        few -> assertThat(few).contains("\"size\":0,"),
                        many -> assertThat(many).contains("\"size\":100,"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldSayWhatItCannotMeasure() {
        assertThat(run("--seconds=0", "groups")).isEqualTo(2);
        assertThat(complained.toString())
                .contains("--seconds is 0, but has to be from 0.1 to 3600");
    }

    private int run(String... words) {
        CommandLine line = new CommandLine(new CostsCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(printed));
        line.setErr(new PrintWriter(complained));
        String[] all = new String[words.length + 1];
        all[0] = "--directory=" + directory;
        System.arraycopy(words, 0, all, 1, words.length);
        return line.execute(all);
    }
}
