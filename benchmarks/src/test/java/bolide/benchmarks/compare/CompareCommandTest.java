package bolide.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Sees to it that the comparisons still run, with counts that say nothing about speed.
class CompareCommandTest {
    private static final String[] SMALL = {
        "--rounds=1", "--messages=1000", "--log-mib=2", "--queues=80", "--json"
    };

    @TempDir Path directory;

    private final StringWriter printed = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @Test
    void shouldMeasureBothSides() {
        // when
        int code = run("append-16", "sync-16", "read", "open-killed");

        // then
        assertThat(complained.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(printed.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.contains("\"name\":\"Bolide\""))
                .allMatch(line -> line.contains("\"name\":\"Apache\""));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldOpenClosedStore() {
        // when
        int code = run("open-queues");

        // then
        assertThat(complained.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(printed.toString()).contains("\"name\":\"open-queues\"");
    }

    @Test
    void shouldNameComparisonsWhenAskedForUnknownOne() {
        // when
        int code = run("apend-1");

        // then
        assertThat(code).isEqualTo(2);
        assertThat(complained.toString()).contains("no comparison 'apend-1'; there are append-1, ");
    }

    @Test
    void shouldMeasureServers() {
        // when
        int code =
                run(
                        "--with=floor",
                        "--leave-memory",
                        "--seconds=1",
                        "--warm-up=0",
                        "send-1,transactions");

        // then
        assertThat(code).as(complained.toString()).isZero();
        assertThat(printed.toString().lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith("{\"name\":\"send-1\"")
                                        .contains("\"name\":\"Bolide\"", "\"name\":\"floor\"")
                                        .contains("\"errors\":0.00000")
                                        .doesNotContain("\"rate\":0.0"),
                        line -> assertThat(line).contains("\"not_yet\":\"Bolide has no trans"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldNameServersWhenAskedForUnknownOne() {
        // when
        int code = run("--with=rabbit", "send-1");

        // then
        assertThat(code).isEqualTo(2);
        assertThat(complained.toString()).contains("no server 'rabbit'; there are apache, ");
    }

    @Test
    void shouldFailWhenBolideTakesMoreCpuThanAskedFor() {
        // when
        int code =
                run(
                        "--with=floor",
                        "--leave-memory",
                        "--seconds=1",
                        "--warm-up=0",
                        "--at-most=0.01",
                        "send-1");

        // then
        assertThat(code).isEqualTo(1);
        assertThat(complained.toString())
                .containsPattern(
                        "bolide bench: send-1 takes [0-9.]+ x floor's server CPU for a message;"
                                + " at most 0.01 was asked for\n");
        assertThat(printed.toString()).startsWith("{\"name\":\"send-1\"");
    }

    @Test
    void shouldNotHoldToARatioWhatNobodyElseCanDo() {
        // when
        int code = run("--with=floor", "--at-most=9", "consume");

        // then
        assertThat(code).isEqualTo(2);
        assertThat(complained.toString())
                .contains("--at-most cannot be kept by consume, which floor cannot do");
    }

    @Test
    void shouldHoldOnlyServersToARatio() {
        // when
        int code = run("--at-most=2", "append-1");

        // then
        assertThat(code).isEqualTo(2);
        assertThat(complained.toString()).contains("--at-most is for servers; name one with");
    }

    private int run(String... names) {
        return new CommandLine(new CompareCommand())
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(complained, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments(names));
    }

    private String[] arguments(String... names) {
        List<String> words = new ArrayList<>(List.of(SMALL));
        words.add("--directory=" + directory);
        words.addAll(List.of(names));
        return words.toArray(String[]::new);
    }
}
