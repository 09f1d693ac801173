package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.cli.ExitCode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// More clients than a server may have files open.
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class CrowdedServerTest {
    private static final int OPEN_FILES = 256;
    private static final int SERVED = 192; // the rest is for the log
    private static final int CLIENTS = 300;
    private static final String TOPIC = "orders";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir private Path directory;

    @Test
    void shouldTurnAwayWhomItHasNoRoomForAndServeTheOthers() {
        // given
        List<Peer> served = new ArrayList<>();
        try (ServerProcess server = serve()) {
            Peer first = server.peer();
            served.add(first);
            assertThat(first.ask(Ask.createTopic(TOPIC, 1)).code()).isZero();

            // when
            while (served.size() < CLIENTS && isServed(server, served)) {
                continue;
            }
            boolean another = isServed(server, served);

            // then
            assertThat(another).isFalse();
            assertThat(served).hasSize(SERVED);
            assertThat(server.errors())
                    .contains("192 connections are open, and there is no room for more")
                    .contains("ulimit -n");
            for (Peer peer : served) {
                assertThat(peer.ask(Ask.send(TOPIC, 0, "x".repeat(1024))).code()).isZero();
            }

            // when there is room again, then
            served.removeLast().close();
            long deadline = System.nanoTime() + PATIENCE_NANOS; // it takes a moment to be noticed
            while (!isServed(server, served)) {
                assertThat(System.nanoTime()).as("time, with room again").isLessThan(deadline);
            }
            server.terminate();
            assertThat(server.exitCode()).isEqualTo(ExitCode.OK);
        } finally {
            served.forEach(Peer::close);
        }
    }

    /// @return whether one more client is served, which then is among the served
    private static boolean isServed(ServerProcess server, List<Peer> served) {
        Peer peer = server.peer();
        try {
            assertThat(peer.ask(Ask.maxOffset(TOPIC, 0)).code()).isZero();
            served.add(peer);
            return true;
        } catch (UncheckedIOException turnedAway) {
            peer.close();
            return false;
        }
    }

    private ServerProcess serve() {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("bash", "-c", "ulimit -n " + OPEN_FILES + " && exec \"$0\" \"$@\""));
        List<String> java =
                ServerProcess.command(
                        "--port", "0", "--data", directory.resolve("data").toString());
        command.add(java.getFirst());
        command.add("-Dlogback.configurationFile=logback.xml"); // as it logs, not as tests do
        command.addAll(java.subList(1, java.size()));
        return ServerProcess.of(command, Map.of(), directory.resolve("errors.txt"));
    }
}
