package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.cli.ExitCode;
import bolide.cli.VersionCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the program says to wrong usage, before it starts anything.
@Timeout(30) // a server that starts all the same would run forever
final class CommandLineTest {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldListItsCommands() {
        // when
        int exitCode = run("help");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsSubsequence(
                        "Usage: bolide", "  serve ", "  demo ", "  test ", "  version ", "  help ");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help serve", "serve --help"})
    void shouldListTheOptionsOfServe(String arguments) {
        // when
        int exitCode = run(arguments.split(" "));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("--port", "--bind", "--advertise", "--data", "--config", "--name")
                .contains("--cluster", "--roles", "--nameserver", "--flush", "--insecure");
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(run("version", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .isEqualTo(
                        "{\"version\":\""
                                + VersionCommand.bolideVersion()
                                + "\",\"java\":\""
                                + Runtime.version()
                                + "\"}\n");
    }

    @Test
    void shouldWantACommand() {
        assertRefused("", "name a command, one of serve, ", "; see 'bolide --help'");
    }

    @Test
    void shouldTestOnlyInASourceCheckout() {
        assertRefused("test --all", "tests run in a source checkout only: use ./bolide test --all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    --port 99999                | port is "99999", but has to be a whole number from 0 to 65535
                    --port -1                   | port is "-1", but has to be a whole number from 0 to 65535
                    --port x                    | port is "x", but has to be a whole number from 0 to 65535
                    --port                      | missing required parameter for option '--port' (PORT); see 'bolide serve --help'
                    --port 1 --port 2           | option '--port' (PORT) should be specified only once; see 'bolide serve --help'
                    --prot 1                    | unknown option '--prot' (did you mean '--port'?); see 'bolide serve --help'
                    somewhere                   | unknown argument 'somewhere'; see 'bolide serve --help'
                    --insecure=maybe            | invalid value for option '--insecure': 'maybe' is not a boolean; see 'bolide serve --help'
                    --nameserver a;b            | nameserver is "a", but has to be HOST:PORT with a port from 1 to 65535, such as 127.0.0.1:9876 or [::1]:9876
                    --advertise nohost          | advertise is "nohost", but has to be HOST:PORT with a port from 1 to 65535, such as 127.0.0.1:9876 or [::1]:9876
                    --advertise no..host:80 | advertise is "no..host", but there is no such host; name one, or give its number
                    --bind no..host       | bind is "no..host", but there is no such host; name one, or give its number
                    --bind 0.0.0.0              | bind is "0.0.0.0", but others can reach that, and there is no authentication yet; stay on 127.0.0.1, or add --insecure to let anybody do anything
                    --bind ::                   | bind is "::", but others can reach that, and there is no authentication yet; stay on 127.0.0.1, or add --insecure to let anybody do anything
                    --roles proxy               | roles is "proxy", but has to be nameserver, broker, or both with a comma between them
                    --flush never               | flush is "never", but has to be sync or async
                    --name ..                   | name is "..", but has to be 1 to 120 of a-z A-Z 0-9 _ - and none of the system's own topics
                    --cluster TBW102            | cluster is "TBW102", but has to be 1 to 115 of a-z A-Z 0-9 _ - and none of the system's own topics
                    --config absent.properties  | configuration file absent.properties does not exist; name one that does, or leave --config out
                    """)
    void shouldRefuseWrongOptionsInOneSentence(String options, String message) throws IOException {
        assertRefused("serve --data " + directory.resolve("data") + " " + options, message);
        assertThat(contents()).isEmpty();
    }

    @Test
    void shouldRefuseAWrongConfigurationFile() throws IOException {
        // given
        Path file = Files.writeString(directory.resolve("bolide.properties"), "segment-size=1\n");

        // then
        assertRefused(
                "serve --config " + file,
                file
                        + ", line 1: the key \"segment-size\" is unknown; did you mean"
                        + " segment-bytes?");
    }

    @Test
    void shouldRefuseServersThatAreNone() {
        assertRefused(
                "bench produce --topic T --server ;;",
                "--server is ';;', but has to be HOST:PORT with a port from 1 to 65535",
                "; see 'bolide bench produce --help'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "dump", "repair"})
    void shouldRefuseADirectoryWithoutALog(String command) {
        // when
        int exitCode = run("store", command, directory.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .isEqualTo(
                        "bolide: %s is no data directory: there is no commitlog in it; name the one"
                                + " that a server was given with --data, or an Apache broker's"
                                + " store\n",
                        directory);
    }

    @ParameterizedTest
    @CsvSource({"--from,-5,0", "--limit,-1,1", "--limit,0,1"})
    void shouldNameTheLimitsOfADump(String option, long given, int lowest) {
        assertRefused(
                "store dump " + option + "=" + given + " " + directory,
                option + " is " + given + ", but has to be from " + lowest + " to ",
                "; see 'bolide store dump --help'");
    }

    @Test
    void shouldSayWhoHasThePort() throws IOException {
        // given
        Path data = directory.resolve("data");
        int exitCode;
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();

            // when
            exitCode = run("serve", "--data", data.toString(), "--port", Integer.toString(port));
        }

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .isEqualTo(
                        "bolide: cannot listen on 127.0.0.1:%d: Address already in use; choose"
                                + " another port with --port, where 0 takes a free one, or another"
                                + " address of this machine with --bind\n",
                        port);
        assertThat(data.resolve("bolide.pid")).doesNotExist();
    }

    @Test
    void shouldRefuseADataDirectoryThatIsAFile() throws IOException {
        // given
        Path file = Files.createFile(directory.resolve("data"));

        // when
        int exitCode = run("serve", "--port", "0", "--data", file.toString());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.STORAGE_FAULT);
        assertThat(err.toString())
                .isEqualTo(
                        "bolide: cannot make directory %s: there is a file of that name; mend that,"
                                + " or name another directory with --data\n",
                        file);
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private void assertRefused(String arguments, String... sentence) {
        // when
        int exitCode = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString())
                .startsWith("bolide: " + sentence[0])
                .endsWith(sentence[sentence.length - 1] + "\n")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
