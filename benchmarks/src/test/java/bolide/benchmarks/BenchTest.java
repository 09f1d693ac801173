package bolide.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What the benchmarks say to those who ask for what cannot be.
class BenchTest {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @TempDir Path directory;

    private final StringWriter printed = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '"',
            textBlock =
                    """
                    compare --rounds 0 > --rounds is 0, but has to be from 1 to 1000; see 'bolide bench compare --help'
                    compare --seconds 0 > --seconds is 0, but has to be from 0.1 to 3600; see 'bolide bench compare --help'
                    compare --seconds NaN > --seconds is NaN, but has to be from 0.1 to 3600; see 'bolide bench compare --help'
                    compare --seconds x > invalid value for option '--seconds': 'x' is not a double; see 'bolide bench compare --help'
                    compare --warm-up -3 > --warm-up is -3, but has to be from 0 to 3600; see 'bolide bench compare --help'
                    compare --messages 999 > --messages is 999, but has to be from 1000 to 1000000000; see 'bolide bench compare --help'
                    compare --log-mib 0 > --log-mib is 0, but has to be from 1 to 1048576; see 'bolide bench compare --help'
                    compare --queues 7 > --queues is 7, but has to be from 8 to 1000000; see 'bolide bench compare --help'
                    compare --with floor --at-most -1 > --at-most is -1, but has to be from 0.001 to 1000; see 'bolide bench compare --help'
                    compare --at-most 2 > --at-most is for servers; name one with --with; see 'bolide bench compare --help'
                    compare --nonsense > unknown option '--nonsense'; see 'bolide bench compare --help'
                    compare nonsense > no comparison 'nonsense'; there are append-1, append-1-bursts, append-16, sync-16, sync-window, read, topics, open-killed, open-segments, open-queues; see 'bolide bench compare --help'
                    compare --with rabbit > no server 'rabbit'; there are apache, kafka, floor; see 'bolide bench compare --help'
                    compare --directory /nonexist > --directory is '/nonexist', but there is no such directory; make it, or name another one; see 'bolide bench compare --help'
                    costs --seconds 0 > --seconds is 0, but has to be from 0.1 to 3600; see 'bolide bench costs --help'
                    costs --warm-up 3601 > --warm-up is 3601, but has to be from 0 to 3600; see 'bolide bench costs --help'
                    costs --most 0 > --most is 0, but has to be from 1 to 1000000; see 'bolide bench costs --help'
                    costs --most 999 queues > --most is 999, but what is measured of queues begins at 1000; see 'bolide bench costs --help'
                    costs nonsense > no cost 'nonsense'; there are topics, queues, groups, connections, stored; see 'bolide bench costs --help'
                    costs groups,nonsense > no cost 'nonsense'; there are topics, queues, groups, connections, stored; see 'bolide bench costs --help'
                    costs --directory /nonexist > --directory is '/nonexist', but there is no such directory; make it, or name another one; see 'bolide bench costs --help'
                    plot /nonexist > '/nonexist' cannot be read: there is no such file; name one that 'bolide bench compare --with ... --json' wrote; see 'bolide bench plot --help'
                    plot /proc > '/proc' cannot be read: it is a directory; name one that 'bolide bench compare --with ... --json' wrote; see 'bolide bench plot --help'
                    jmh --nonsense > nonsense is not a recognized option; '-h' shows what JMH takes; see 'bolide bench jmh --help'
                    nonsense > unknown command 'nonsense'; see 'bolide bench --help'
                    """)
    void shouldSayInOneLineWhatIsWrong(String words, String complaint) {
        // when
        int code = run(words.split(" "));

        // then
        assertThat(complained.toString()).isEqualTo("bolide: " + complaint + "\n");
        assertThat(printed.toString()).isEmpty();
        assertThat(code).isEqualTo(WRONG_USAGE);
    }

    @Test
    void shouldSayWhereNoDataCanGo() {
        // when
        int code = run("compare", "--directory", "/proc", "read");

        // then
        assertThat(complained.toString())
                .startsWith("bolide: no directory can be made in /proc: ")
                .endsWith("; name another one with --directory\n");
        assertThat(code).isEqualTo(FAILED);
    }

    @Test
    void shouldSayWhichLineOfAFileIsNoComparison() throws IOException {
        // given
        Path file =
                Files.writeString(
                        directory.resolve("notes"),
                        "{\"name\":\"pop\",\"not_yet\":\"\"}\nshopping list\n");

        // when
        int code = run("plot", file.toString());

        // then
        assertThat(complained.toString())
                .startsWith("bolide: " + file + ", line 2: ")
                .contains("; name one that 'bolide bench compare --with ... --json' wrote")
                .hasLineCount(1);
        assertThat(code).isEqualTo(FAILED);
    }

    @Test
    void shouldSayThatNoBenchmarkMatches() {
        // when
        int code = run("jmh", "nothing.matches");

        // then
        assertThat(complained.toString())
                .isEqualTo(
                        "bolide: no benchmark matches 'nothing.matches'; 'bolide bench jmh -l'"
                                + " lists them\n");
        assertThat(code).isEqualTo(FAILED);
    }

    @Test
    void shouldHelpWithJmh() {
        // when
        int code = run("jmh", "--help");

        // then
        assertThat(printed.toString()).startsWith("Usage: bolide bench jmh ").contains("-h");
        assertThat(complained.toString()).isEmpty();
        assertThat(code).isZero();
    }

    private int run(String... words) {
        CommandLine line = Bench.line();
        line.setOut(new PrintWriter(printed, true));
        line.setErr(new PrintWriter(complained, true));
        return line.execute(words);
    }
}
