package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.protocol.frame.ResponseCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What makes a start short: the script has a run prepared once, and later ones take over the
/// classes of that run instead of reading and checking them again.
///
/// `-Dstart.rounds=20` also prints how long the start of a server takes, from its process to the
/// first acknowledged message.
@EnabledOnOs(OS.LINUX)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class StartTest {
    private static final String PREPARING = "bolide: preparing faster starts";
    private static final int MOST_FROM_JARS = 30; // what a server needs and a demo does not
    private static final int MANY = 2_000;
    private static final long MOST_RESIDENT = 150_000_000;
    private static final int ROUNDS = Integer.getInteger("start.rounds", 0);
    private static final double MILLI = 1e6;

    @TempDir private static Path directory;
    private static Checkout checkout;
    private static Path prepared;

    @BeforeAll
    static void prepare() throws IOException {
        checkout = Checkout.in(Files.createDirectory(directory.resolve("checkout")));
        assertThat(version()).isEmpty();
        assertThat(checkout.prepared()).isEmpty(); // it is not worth it for that
        try (ServerProcess first = serve("")) {
            assertThat(first.errors()).contains(PREPARING);
        }
        prepared = checkout.prepared().getFirst();
    }

    @Test
    void shouldBeginWithClassesThatAreLoadedAndLinkedAlready() throws IOException {
        // given
        Path loaded = directory.resolve("loaded.txt");

        // when
        try (ServerProcess server = serve("-Xlog:class+load:file=" + loaded)) {
            // then
            assertThat(server.address()).isPresent();
            assertThat(server.errors()).doesNotContain("bolide: ");
            assertThat(new LinuxProcess(server.pid()).residentBytes()).isLessThan(MOST_RESIDENT);
        }
        try (Stream<String> lines = Files.lines(loaded)) {
            Map<Boolean, List<String>> fromJars =
                    lines.filter(line -> line.contains(" source: "))
                            .collect(
                                    Collectors.partitioningBy(
                                            line -> line.contains(" source: file:")));
            assertThat(fromJars.get(true)).hasSizeLessThan(MOST_FROM_JARS);
            assertThat(fromJars.get(false))
                    .filteredOn(line -> line.contains("shared objects file"))
                    .hasSizeGreaterThan(MANY);
        }
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf("first message after %.0f ms%n", firstMessageNanos() / MILLI);
        }
    }

    private long firstMessageNanos() {
        long begun = System.nanoTime();
        try (ServerProcess server = serve("");
                Peer peer = server.peer()) {
            assertThat(peer.ask(Ask.send("orders", 0, "x".repeat(1024))).code())
                    .isEqualTo(ResponseCode.SUCCESS);
            return System.nanoTime() - begun;
        }
    }

    @Test
    void shouldPrepareAnewAfterABuild() throws IOException {
        // given
        FileTime before = Files.getLastModifiedTime(prepared);

        // when
        Files.setLastModifiedTime(
                checkout.target().resolve("bolide.jar"), FileTime.from(Instant.now()));

        // then
        try (ServerProcess next = serve("")) {
            assertThat(next.errors()).contains(PREPARING);
            assertThat(Files.getLastModifiedTime(prepared)).isGreaterThan(before);
            assertThat(checkout.prepared()).containsExactly(prepared);
        }
    }

    @Test
    void shouldStartWithoutWhatCannotBeUsed() throws IOException {
        // given
        Path kept = Files.copy(prepared, directory.resolve("kept"));

        // when its second half has been lost
        try (FileChannel file = FileChannel.open(prepared, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }

        // then
        assertThat(version()).isEmpty();

        // when nothing could be made
        Files.write(prepared, new byte[0]);

        // then
        try (ServerProcess server = serve("")) {
            assertThat(server.address()).isPresent();
            assertThat(server.errors()).doesNotContain("bolide: ");
        }
        Files.move(kept, prepared, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void shouldStartWithAnotherCollectorThanItIsPreparedFor() {
        try (ServerProcess server = serve("-XX:-UseG1GC -XX:+UseSerialGC")) {
            assertThat(server.address()).isPresent();
            assertThat(server.errors()).doesNotContain("bolide: ");
        }
    }

    /// @return what `bolide version` has to complain of
    private static String version() throws IOException {
        Path errors = Files.createTempFile(directory, "errors", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder("bash", checkout.script().toString(), "version")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile());
        builder.environment().put("BOLIDE_JAVA_HOME", System.getProperty("java.home"));
        try {
            assertThat(builder.start().waitFor()).isZero();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
        return Files.readString(errors);
    }

    private static ServerProcess serve(String jvmOptions) {
        try {
            Path data = Files.createTempDirectory(directory, "data");
            Path errors = Files.createTempFile(directory, "errors", ".txt");
            List<String> command = new ArrayList<>();
            command.addAll(List.of("bash", checkout.script().toString(), "serve"));
            command.addAll(List.of("--port", "0", "--data", data.toString()));
            return ServerProcess.of(
                    command,
                    Map.of(
                            "BOLIDE_JAVA_HOME",
                            System.getProperty("java.home"),
                            "BOLIDE_JAVA_OPTS",
                            jvmOptions),
                    errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
