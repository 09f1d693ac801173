package bolide.remoting.netty;

import static bolide.remoting.RunningServer.ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.remoting.Logged;
import bolide.remoting.RawPeer;
import bolide.remoting.RequestTable;
import bolide.remoting.RunningServer;
import bolide.remoting.Wire;
import ch.qos.logback.classic.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** More peers than there is room for. */
final class CrowdTest {
    private static final int MOST = 3;

    @Test
    void shouldTurnAwayWhoComesWhenItIsFullAndServeTheOthers() throws InterruptedException {
        // given
        ConnectionLimits limits = ConnectionLimits.DEFAULT.withMostAccepted(MOST);
        CountDownLatch left = new CountDownLatch(1);
        RequestTable table = new RequestTable().afterClose(connection -> left.countDown());
        try (RunningServer server = new RunningServer(table, limits, 0);
                Logged log = new Logged(StrangerLog.class.getName(), Level.WARN);
                RawPeer first = served(server);
                RawPeer second = served(server)) {
            RawPeer leaving = served(server);

            // when
            boolean turnedAway;
            try (RawPeer tooMany = server.peer()) {
                turnedAway = tooMany.isClosedByPeer();
            }

            // then
            assertThat(turnedAway).isTrue();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("3 connections are open")
                    .contains("ulimit -n");
            assertThat(first.ask(Wire.request(ECHO, 2)).opaque()).isEqualTo(2);
            assertThat(second.ask(Wire.request(ECHO, 2)).opaque()).isEqualTo(2);

            // when there is room again, then
            leaving.close();
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
            served(server).close();
        }
    }

    @Test
    void shouldRefuseToAcceptNobody() {
        // when // then
        assertThatThrownBy(() -> ConnectionLimits.DEFAULT.withMostAccepted(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RawPeer served(RunningServer server) {
        RawPeer peer = server.peer();
        assertThat(peer.ask(Wire.request(ECHO, 1)).opaque()).isEqualTo(1);
        return peer;
    }
}
