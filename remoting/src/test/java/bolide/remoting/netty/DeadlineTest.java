package bolide.remoting.netty;

import static bolide.remoting.RunningServer.ECHO;
import static bolide.remoting.RunningServer.KIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.remoting.Logged;
import bolide.remoting.RawPeer;
import bolide.remoting.RequestTable;
import bolide.remoting.RunningServer;
import bolide.remoting.Wire;
import ch.qos.logback.classic.Level;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a server bears with peers that do nothing, or nothing of use. */
final class DeadlineTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    private RunningServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(Duration idle, Duration firstRequest) {
        ConnectionLimits limits =
                new ConnectionLimits(idle, firstRequest, LONG, 128 * KIB, 512 * KIB);
        server = new RunningServer(new RequestTable(), limits, 0);
    }

    @Test
    void shouldCloseIdleConnections() {
        // given
        start(SHORT, LONG);
        try (Logged log = new Logged(StrangerLog.class.getName(), Level.INFO);
                RawPeer peer = server.peer()) {
            peer.ask(Wire.request(ECHO, 1));

            // when
            boolean closed = peer.isClosedByPeer();

            // then
            assertThat(closed).isTrue();
            assertThat(log.lines()).singleElement().asString().contains("idle for 200 ms");
        }
    }

    @Test
    void shouldCloseWhoSendsNoRequest() {
        // given
        start(LONG, SHORT);
        try (Logged log = new Logged(StrangerLog.class.getName(), Level.INFO);
                RawPeer silent = server.peer();
                RawPeer slow = server.peer();
                RawPeer answering = server.peer()) {
            slow.send(Wire.bytes(Wire.request(ECHO, 1)), 0, 50);
            answering.send(Wire.request(ECHO, 1).answer(0, "", Fields.NONE, Frame.emptyBody()));

            // when
            boolean closed =
                    silent.isClosedByPeer() && slow.isClosedByPeer() && answering.isClosedByPeer();

            // then
            assertThat(closed).isTrue();
            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines()).allMatch(line -> line.contains("no valid request"));
        }
    }

    @Test
    void shouldKeepWhoIsActive() {
        // given
        start(SHORT, SHORT);
        long end = System.nanoTime() + 4 * SHORT.toNanos();
        try (RawPeer peer = server.peer()) {
            int number = 0;

            // when
            while (System.nanoTime() < end) {
                number = peer.ask(Wire.request(ECHO, number + 1)).opaque();
            }

            // then
            assertThat(number).isPositive();
        }
    }

    @Test
    void shouldRefuseSenselessLimits() {
        // given
        start(LONG, LONG);

        // when // then
        assertThatThrownBy(() -> new ConnectionLimits(Duration.ZERO, LONG, LONG, 1, 2))
                .hasMessageContaining("longer than nothing");
        assertThatThrownBy(() -> new ConnectionLimits(LONG, LONG, LONG, 2, 1))
                .hasMessageContaining("low <= high");
    }
}
