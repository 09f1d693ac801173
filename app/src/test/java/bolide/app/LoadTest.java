package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.RunningServer;
import bolide.cli.ExitCode;
import bolide.cli.load.ConsumeCommand;
import bolide.cli.load.LoadTools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// `bolide bench produce` and `bolide bench consume` against a server.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LoadTest {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private RunningServer server;

    @BeforeEach
    void start() {
        server = new RunningServer(directory.resolve("data"));
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.failures()).isEmpty();
    }

    @Test
    void shouldSendAndReceiveAsManyAsAskedFor() {
        // when
        int produced = bench("produce", "--topic", "T", "--messages", "400", "--threads", "4");
        String table = out.toString();
        int consumed = bench("consume", "--topic", "T", "--messages", "400", "--json");

        // then
        assertThat(produced).isEqualTo(ExitCode.OK);
        assertThat(table)
                .containsPattern("messages +400 +in \\d+\\.\\d s\nrate +[\\d,]+ /s\n")
                .containsPattern("latency +\\d+\\.\\d{3} ms median\n")
                .containsPattern("errors +0\n");
        assertThat(consumed).isEqualTo(ExitCode.OK);
        assertThat(number("messages")).isEqualTo(400);
        assertThat(number("p50_ms")).isGreaterThan(0).isLessThanOrEqualTo(number("p99_ms"));
        assertThat(number("p99_ms")).isLessThanOrEqualTo(number("p999_ms"));
        assertThat(number("p999_ms")).isLessThanOrEqualTo(number("max_ms"));
        assertThat(number("first_ms")).isPositive();
        assertThat(out.toString()).contains("\"load\":\"consume\"").endsWith("\"errors\":{}}\n");
        assertThat(err.toString()).doesNotContain("bolide: ");
    }

    @Test
    void shouldKeepToARate() {
        // when
        int exitCode =
                bench("produce", "--topic", "T", "--rate", "100", "--seconds", "2", "--json");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(number("messages")).isEqualTo(200);
        assertThat(number("seconds")).isGreaterThanOrEqualTo(1.99);
        assertThat(err.toString()).containsPattern("\\d s +[\\d,]+ messages +[\\d,]+ /s +0 errors");
    }

    @Test
    void shouldCountLatencyFromWhenAMessageShouldHaveBeenSent() {
        // when no server can keep up
        int exitCode =
                bench("produce", "--topic", "T", "--rate", "10000000", "--seconds", "1", "--json");

        // then those that left last had been due for as long as it ran
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(number("max_ms")).isGreaterThan(1_500);
        double failed = numbers("count").stream().mapToDouble(Double::doubleValue).sum();
        assertThat(number("messages") + failed).isEqualTo(10_000_000);
        assertThat(out.toString()).contains("\"not sent in time\":{\"count\":");
        assertThat(err.toString()).contains("10000000 messages a second were wanted and ");
    }

    @Test
    void shouldCountErrorsByKindWithTheFirstOnesText() {
        // when
        int exitCode = bench("produce", "--topic", "SCHEDULE_TOPIC_XXXX", "--messages", "2");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .containsPattern("messages +0 ")
                .containsPattern("errors +2\n")
                .contains("  refused with code 16, 2 times, first: message to topic")
                .contains("belongs to the system");
    }

    @Test
    void shouldSayHowManyNeverCame() {
        // given
        assertThat(bench("produce", "--topic", "T", "--messages", "3")).isEqualTo(ExitCode.OK);
        LoadTools fast =
                new LoadTools(
                        InstantSource.system(),
                        () -> 20 * System.nanoTime(), // 30 s pass in less than 2
                        Thread.ofPlatform().daemon(true).factory());
        CommandLine consume =
                new CommandLine(new ConsumeCommand(fast))
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));

        // when
        int exitCode =
                consume.execute("--server", address(), "--topic", "T", "--messages", "5", "--json");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(number("messages")).isEqualTo(3);
        assertThat(out.toString())
                .contains("{\"missing\":{\"count\":2,\"first\":\"no message has come for 30 s");
    }

    @Test
    void shouldSayThatThereIsNoSuchTopic() {
        // when
        int exitCode = bench("consume", "--topic", "nothing");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .startsWith("bolide: no route to topic \"nothing\"")
                .contains("'bolide bench produce'")
                .hasLineCount(1);
    }

    @Test
    void shouldSayThatThereIsNoServer() throws IOException {
        // given
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        // when
        int exitCode = run("bench", "produce", "--server", "127.0.0.1:" + free, "--topic", "T");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("127.0.0.1:" + free)
                .contains("start a server there, or name another one with --server\n")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            textBlock =
                    """
                    produce --seconds 0 > --seconds is 0, but has to be from 1 to 86400; see 'bolide bench produce --help'
                    produce --messages 0 > --messages is 0, but has to be from 1 to 1000000000000; see 'bolide bench produce --help'
                    produce --messages 1 --seconds 1 > --seconds and --messages exclude each other; give one of them; see 'bolide bench produce --help'
                    produce --size 4194305 > --size is 4194305, but has to be from 1 to 4194304; see 'bolide bench produce --help'
                    produce --threads 1025 > --threads is 1025, but has to be from 1 to 1024; see 'bolide bench produce --help'
                    produce --rate 0 > --rate is 0, but has to be from 1 to 10000000; see 'bolide bench produce --help'
                    consume --rate 7 > unknown option '--rate'; see 'bolide bench consume --help'
                    consume --group a/b > --group: group name "a/b" has a character other than a-z A-Z 0-9 _ - % |; rename it; see 'bolide bench consume --help'
                    consume --server here > --server is 'here', but has to be HOST:PORT with a port from 1 to 65535, such as 127.0.0.1:9876; see 'bolide bench consume --help'
                    consume --server here:65536 > --server is 'here:65536', but has to be HOST:PORT with a port from 1 to 65535, such as 127.0.0.1:9876; see 'bolide bench consume --help'
                    """)
    void shouldSayWhichOptionIsWrong(String arguments, String sentence) {
        // given
        List<String> words = new ArrayList<>(List.of("bench"));
        words.addAll(List.of(arguments.split(" ")));
        words.addAll(List.of("--topic", "T"));
        if (!words.contains("--server")) {
            words.addAll(List.of("--server", address()));
        }

        // when
        int exitCode = run(words.toArray(String[]::new));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).isEqualTo("bolide: " + sentence + "\n");
        assertThat(out.toString()).isEmpty();
    }

    private int bench(String command, String... options) {
        List<String> words = new ArrayList<>(List.of("bench", command, "--server", address()));
        words.addAll(List.of(options));
        out.getBuffer().setLength(0);
        return run(words.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String address() {
        return server.server().advertised().toString();
    }

    /// @return the number of that name in the JSON
    private double number(String name) {
        return numbers(name).getFirst();
    }

    private List<Double> numbers(String name) {
        Pattern pair = Pattern.compile("\"" + name + "\":([0-9.]+)");
        return pair.matcher(out.toString())
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .toList();
    }
}
