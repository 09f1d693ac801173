package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.cli.ExitCode;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose calls fail, by strace. Passed over where that is not to be had, unless
/// `-Dbolide.faults=required`.
@Timeout(120)
final class FailingDiskTest {
    private static final String TOPIC = "orders";

    @TempDir private Path directory;

    @Test
    void shouldEndWithoutAnAnswerWhenASyncFails() throws Exception {
        shouldEndWithoutAnAnswer("fdatasync", "EIO", 7);
    }

    @Test
    void shouldEndWithoutAnAnswerWhenTheDiskHasNoRoomForARecord() throws Exception {
        shouldEndWithoutAnAnswer("pwrite64", "ENOSPC", 7);
    }

    /// @param n which call of each thread fails; the ones after it do not
    private void shouldEndWithoutAnAnswer(String call, String error, int n) throws Exception {
        // given
        Path data = directory.resolve("data");
        int answered;
        try (ServerProcess server = serve(data);
                Peer peer = server.peer()) {
            assertThat(peer.ask(Ask.createTopic(TOPIC, 1)).code()).isEqualTo(ResponseCode.SUCCESS);
            Process strace = failCalls(server.pid(), call, error, n);

            // when
            try {
                answered = send(peer);
                assertThat(server.exitCode()).isEqualTo(ExitCode.STORAGE_FAULT);
                assertThat(server.errors()).contains("bolide: ");
            } finally {
                strace.destroyForcibly();
            }
        }

        // then
        try (ServerProcess again = serve(data);
                Peer peer = again.peer()) {
            Frame end = peer.ask(Ask.maxOffset(TOPIC, 0));
            long found = end.fields().number("offset");
            assertThat(found).isGreaterThanOrEqualTo(answered);
            assertThat(answered).isPositive();
        }
    }

    /// @return how many messages were answered before the connection ended
    private static int send(Peer peer) {
        int answered = 0;
        while (true) {
            try {
                Frame answer = peer.ask(Ask.send(TOPIC, 0, "message " + answered));
                if (answer.code() == ResponseCode.SUCCESS) {
                    answered++;
                }
            } catch (RuntimeException | AssertionError ended) {
                return answered;
            }
        }
    }

    private ServerProcess serve(Path data) {
        return new ServerProcess(
                directory.resolve("errors"), "--data", data.toString(), "--port", "0");
    }

    private static Process failCalls(long pid, String call, String error, int n) throws Exception {
        Process strace;
        try {
            strace =
                    new ProcessBuilder(
                                    "strace",
                                    "-f",
                                    "-qq",
                                    "-o",
                                    "/dev/null",
                                    "-e",
                                    "trace=" + call,
                                    "-e",
                                    "inject=" + call + ":error=" + error + ":when=" + n,
                                    "-p",
                                    Long.toString(pid))
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException absent) {
            passOver("strace is missing");
            throw new AssertionError("not passed over", absent);
        }
        if (!awaitTraced(pid, strace)) {
            passOver("strace may not trace: " + new String(strace.getInputStream().readAllBytes()));
        }
        return strace;
    }

    private static boolean awaitTraced(long pid, Process strace) throws Exception {
        Path status = Path.of("/proc/" + pid + "/status");
        while (Files.readString(status).contains("TracerPid:\t0\n")) {
            if (strace.waitFor(10, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private static void passOver(String why) {
        if ("required".equals(System.getProperty("bolide.faults"))) {
            fail("%s; bolide.faults=required", why);
        }
        System.out.println("PASSED OVER, a fault is not tested: " + why);
        Assumptions.abort(why);
    }
}
