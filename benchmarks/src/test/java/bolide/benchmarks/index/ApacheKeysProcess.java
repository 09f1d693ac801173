package bolide.benchmarks.index;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.benchmarks.process.Peers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Asks [ApacheKeys], in a JVM and with a class path of its own.
final class ApacheKeysProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private ApacheKeysProcess() {}

    /// @return for each query the numbers of the messages found, in the order they came
    static List<List<Integer>> answer(
            Path home, List<KeyedMessage> messages, List<KeyQuery> queries)
            throws IOException, InterruptedException, URISyntaxException {
        Files.createDirectories(home);
        Path puts = home.resolve("messages");
        Path finds = home.resolve("queries");
        Path errors = home.resolve("errors");
        Path output = home.resolve("output");
        Files.write(puts, messages.stream().map(KeyedMessage::toLine).toList());
        Files.write(finds, queries.stream().map(KeyQuery::toLine).toList());
        Path classes =
                Path.of(
                        ApacheKeys.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx400m",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Duser.home=" + home,
                                "-cp",
                                classes + ":" + Peers.folder("store") + "/*",
                                ApacheKeys.class.getName(),
                                home.resolve("store").toString(),
                                puts.toString(),
                                finds.toString())
                        .directory(home.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        List<String> lines = Files.readAllLines(output);
        assertThat(lines).as(Files.readString(errors)).hasSameSizeAs(queries);
        return lines.stream()
                .map(line ->
                        Stream.of(line.split(" "))
                                .filter(number -> !number.isEmpty())
                                .map(Integer::valueOf)
                                .toList())
                .toList();
    }
}
