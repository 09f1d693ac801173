package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.app.server.RunningServer;
import bolide.cli.ExitCode;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bolide serve` as those see it who start it, use it and stop it.
final class ServeTest {
    private static final String TOPIC = "orders";

    @TempDir private Path directory;

    @Test
    void shouldSayWhatItChoseServeAndStopCleanly() throws IOException {
        // given
        Path data = directory.resolve("data");
        try (ServerProcess server = serve(data);
                Peer idle = server.peer();
                Peer waiting = server.peer()) {
            String address = server.address().orElseThrow();

            // when
            Frame created = waiting.ask(Ask.createTopic(TOPIC, 2));
            Frame sent = waiting.ask(Ask.send(TOPIC, 1, "hello"));
            waiting.send(Ask.pull("readers", TOPIC, 0, 0, 30_000));
            long pid = server.pid();
            assertThat(data.resolve("bolide.pid")).hasContent(Long.toString(pid));
            long asked = System.nanoTime();
            server.terminate();
            int exitCode = server.exitCode();
            Duration took = Duration.ofNanos(System.nanoTime() - asked);

            // then
            assertThat(server.printed().get(0)).startsWith("bolide ").contains(" on Java ");
            assertThat(server.printed().subList(1, server.printed().size()))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("listens   " + address),
                            line -> assertThat(line).matches("roles     name server, broker .+"),
                            line ->
                                    assertThat(line)
                                            .isEqualTo(
                                                    "data      "
                                                            + data
                                                            + ": log up to position 0; read 0"
                                                            + " records from position 0 on"),
                            line -> assertThat(line).startsWith("flush     sync: "),
                            line ->
                                    assertThat(line)
                                            .startsWith("memory    heap up to ")
                                            .endsWith(" of messages count as cached by the system"),
                            line -> assertThat(line).isEqualTo("ready " + address));
            assertThat(created.code()).isEqualTo(ResponseCode.SUCCESS);
            assertThat(sent.code()).isEqualTo(ResponseCode.SUCCESS);
            assertThat(exitCode).isEqualTo(ExitCode.OK);
            assertThat(took).isLessThan(Duration.ofSeconds(2));
            assertThat(server.errors()).isEmpty();
            assertThat(idle.isClosedByOther()).isTrue();
            assertThat(data.resolve("bolide.pid")).doesNotExist();
        }
    }

    @Test
    void shouldSayNothingOfMessagesAsANameServerOnly() {
        // when
        try (ServerProcess server = serve(directory.resolve("data"), "--roles", "nameserver")) {
            List<String> printed = server.printed();

            // then
            assertThat(printed.subList(1, printed.size()))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("listens   "),
                            line -> assertThat(line).isEqualTo("roles     name server"),
                            line -> assertThat(line).matches("memory    heap up to \\d+ MiB"),
                            line -> assertThat(line).startsWith("ready "));
        }
    }

    @Test
    void shouldKeepWhatItAcknowledgedWhenItIsKilled() throws IOException {
        // given
        Path data = directory.resolve("data");
        List<String> acknowledged = new ArrayList<>();
        try (ServerProcess server = serve(data);
                Peer peer = server.peer()) {
            assertThat(peer.ask(Ask.createTopic(TOPIC, 3)).code()).isEqualTo(0);
            for (int number = 0; number < 500; number++) {
                String body = "message " + number;
                if (peer.ask(Ask.send(TOPIC, 2, body)).code() == ResponseCode.SUCCESS) {
                    acknowledged.add(body);
                }
            }

            // when
            server.kill();
            assertThat(server.exitCode()).isEqualTo(128 + 9);
        }

        // then
        try (RunningServer again = new RunningServer(data);
                Peer peer = again.peer()) {
            List<String> kept = new ArrayList<>();
            while (kept.size() < acknowledged.size()) {
                Frame pulled = peer.ask(Ask.pull("readers", TOPIC, 2, kept.size(), 0));
                assertThat(pulled.code()).isEqualTo(ResponseCode.SUCCESS);
                kept.addAll(Ask.bodies(pulled));
            }
            assertThat(acknowledged).hasSize(500);
            assertThat(kept).isEqualTo(acknowledged);
            assertThat(again.server().recovered().orElseThrow().torn()).isEmpty();
        }
    }

    @Test
    void shouldStopCleanlyWhenItIsToldToWhileItStarts() throws IOException {
        // given: a name server that keeps it waiting
        Path data = directory.resolve("data");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> caller = new CompletableFuture<>(); // garbage is closed
            CompletableFuture<Boolean> told =
                    CompletableFuture.supplyAsync(() -> terminateWhoCalls(silent, data, caller));

            // when
            try (ServerProcess server =
                    serve(
                            data,
                            "--roles",
                            "broker",
                            "--nameserver",
                            "127.0.0.1:" + silent.getLocalPort())) {
                // then
                assertThat(server.exitCode()).isEqualTo(ExitCode.OK);
                assertThat(told).isCompletedWithValue(true);
                assertThat(server.address()).isEmpty();
                assertThat(server.errors()).contains("bolide: stopped while it was starting");
            }
            caller.join().close();
        }
        try (RunningServer again = new RunningServer(data)) {
            assertThat(again.server().recovered().orElseThrow().torn()).isEmpty();
        }
    }

    private static boolean terminateWhoCalls(
            ServerSocket silent, Path data, CompletableFuture<Socket> caller) {
        try {
            caller.complete(silent.accept());
            String pid = Files.readString(data.resolve("bolide.pid"));
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroy();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void shouldEndWithItsOwnCodeWhenItCannotStart() {
        // given
        Path data = directory.resolve("data");
        try (RunningServer first = new RunningServer(data);
                ServerProcess second = serve(data)) {
            // when, then
            assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(second.errors()).contains(data.toString());
            assertThat(first.server().recovered()).isPresent();
        }
    }

    @Test
    void shouldRefuseASecondServerOnTheSameDirectory() {
        // given
        Path data = directory.resolve("data");
        try (RunningServer first = new RunningServer(data);
                Peer peer = first.peer()) {
            // when
            try (ServerProcess second = serve(data)) {
                // then
                assertThat(second.address()).isEmpty();
                assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(second.errors())
                        .isEqualTo(
                                "bolide: data directory %s is in use by process %d; stop it"
                                        + " first\n",
                                data, ProcessHandle.current().pid());
            }
            assertThat(peer.ask(Ask.createTopic(TOPIC, 1)).code()).isZero();
        }
    }

    @Test
    void shouldSayWhatItPassesOverInADamagedLog() throws IOException {
        // given a log that is read from its beginning
        Path data = directory.resolve("data");
        Path first = data.resolve("commitlog").resolve("00000000000000000000");
        fillTwoSegments(data);
        try (FileChannel file = FileChannel.open(first, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {'x'}), 100);
        }
        deleteFilesOf(data.resolve("snapshot"));

        // when
        try (ServerProcess server = serve(data)) {
            // then
            assertThat(server.address()).isPresent();
            assertThat(server.printed())
                    .anyMatch(line ->
                            line.contains(
                                            "PASSED OVER DAMAGE in 1 places, the first at position"
                                                    + " 0 (")
                                    && line.contains("bolide store verify"));
        }
    }

    private static void deleteFilesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void shouldRefuseToStartWhereTheLogCannotBe() throws IOException {
        // given
        Path data = directory.resolve("data");
        Files.createDirectories(data);
        Files.createFile(data.resolve("commitlog"));

        // when
        StringWriter err = new StringWriter();
        int exitCode = run(err, "--data", data.toString(), "--port", "0");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.STORAGE_FAULT);
        assertThat(err.toString())
                .startsWith("bolide: ")
                .contains(data.resolve("commitlog") + " is not a directory")
                .hasLineCount(1);
    }

    private static void fillTwoSegments(Path data) {
        Map<String, String> settings = Map.of("port", "0", "segment-bytes", "65536");
        try (RunningServer server = new RunningServer(data, settings);
                Peer peer = server.peer()) {
            for (int number = 0; number < 40; number++) {
                Frame sent = peer.ask(Ask.send(TOPIC, 0, "x".repeat(2_000)));
                assertThat(sent.code()).isEqualTo(ResponseCode.SUCCESS);
            }
        }
        assertThat(data.resolve("commitlog").resolve("00000000000000065536")).exists();
    }

    private ServerProcess serve(Path data, String... more) {
        try {
            Path config =
                    Files.writeString(
                            directory.resolve("bolide.properties"), "segment-bytes=65536\n");
            Path errors = Files.createTempFile(directory, "errors", ".txt");
            List<String> options = new ArrayList<>(List.of(more));
            options.addAll(List.of("--port", "0", "--data", data.toString()));
            options.addAll(List.of("--config", config.toString()));
            return new ServerProcess(errors, options.toArray(String[]::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int run(StringWriter err, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "serve";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Main.run(
                new PrintWriter(new StringWriter(), true), new PrintWriter(err, true), arguments);
    }
}
