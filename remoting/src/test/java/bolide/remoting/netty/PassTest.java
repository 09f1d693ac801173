package bolide.remoting.netty;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.remoting.Connection;
import bolide.remoting.ConnectionEvents;
import bolide.remoting.Logged;
import bolide.remoting.Payload;
import bolide.remoting.RawPeer;
import bolide.remoting.RunningServer;
import bolide.remoting.Wire;
import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order a connection's events come, and when what is sent leaves. */
final class PassTest implements ConnectionEvents {
    private static final int FAILING = 666;
    private static final int FAILING_PASS = 667;
    private static final int CLOSED_ELSEWHERE = 668;
    private static final int FOUR_MIB = 4 << 20;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile boolean failingPass;
    private final CompletableFuture<Connection> seen = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final RunningServer server = new RunningServer(this, ConnectionLimits.DEFAULT);
    private final RawPeer peer = server.peer();

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Override
    public void opened(Connection connection) {
        events.add("opened");
        seen.complete(connection);
    }

    @Override
    public void received(Connection connection, Frame frame) {
        if (frame.code() == FAILING) {
            throw new IllegalStateException("a bug");
        }
        if (frame.code() == CLOSED_ELSEWHERE) {
            CompletableFuture.runAsync(connection::close).join();
        }
        failingPass = frame.code() == FAILING_PASS;
        events.add("received " + frame.opaque());
        connection.send(frame.answer(0, "", frame.fields(), Frame.emptyBody()), Payload.empty());
    }

    @Override
    public void receivedTooLong(Connection connection, Frame head, int bodyBytes) {
        events.add("too long " + head.opaque());
    }

    @Override
    public void passEnded(Connection connection) {
        if (failingPass) {
            failingPass = false;
            throw new IllegalStateException("a bug");
        }
        events.add("pass");
        connection.send(Wire.request(1, -events.size()), Payload.empty());
    }

    @Override
    public void closed(Connection connection) {
        events.add("closed");
        closed.countDown();
    }

    @Test
    void shouldHandOverAllThatArrivedAndThenEndThePass() throws InterruptedException {
        // given
        ByteArrayOutputStream three = new ByteArrayOutputStream();
        for (int number = 1; number <= 3; number++) {
            three.writeBytes(Wire.bytes(Wire.request(1, number)));
        }

        // when
        peer.send(three.toByteArray());

        // then
        assertThat(List.of(next(), next(), next(), next())).containsExactly(1, 2, 3, -5);
        peer.close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(events)
                .containsExactly(
                        "opened", "received 1", "received 2", "received 3", "pass", "closed");
    }

    @Test
    void shouldEndNoPassInWhichNothingWasHandedOver() throws InterruptedException {
        // given
        byte[] frame = Wire.bytes(Wire.request(1, 1).withBody(ByteBuffer.allocate(FOUR_MIB)));

        // when
        peer.send(frame);

        // then
        assertThat(List.of(next(), next())).containsExactly(1, -3);
        peer.close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(events).containsExactly("opened", "received 1", "pass", "closed");
    }

    @Test
    void shouldReadNoMoreOnceAnotherThreadHasClosedTheConnection() throws InterruptedException {
        // given a request within which that happens, and what is no frame behind it
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Wire.bytes(Wire.request(CLOSED_ELSEWHERE, 1)));
        bytes.writeBytes(Wire.head(4, 0));
        bytes.writeBytes(new byte[8]);

        // when
        try (Logged log = new Logged(StrangerLog.class.getName(), Level.INFO)) {
            peer.send(bytes.toByteArray());
            boolean isClosed = peer.isClosedByPeer();

            // then
            assertThat(isClosed).isTrue();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void shouldReportABodyThatIsTooLongBeforeItsEnd() {
        // given
        Frame tooLong = Wire.request(1, 7).withBody(ByteBuffer.allocate(FOUR_MIB + 1));

        // when
        peer.send(Wire.bytes(tooLong), 0, 1000);

        // then
        assertThat(next()).isEqualTo(-3);
        assertThat(events).containsExactly("opened", "too long 7", "pass");
    }

    @Test
    void shouldSendWhatATaskOfTheConnectionSends() throws Exception {
        // given
        CompletableFuture<String> thread = new CompletableFuture<>();
        Connection connection = seen.get(10, TimeUnit.SECONDS);

        // when
        connection.execute(() -> {
            connection.send(Wire.request(1, 8), Payload.empty());
            connection.send(Wire.request(1, 9), Payload.empty());
            thread.complete(Thread.currentThread().getName());
        });

        // then
        assertThat(List.of(next(), next())).containsExactly(8, 9);
        assertThat(thread.get()).startsWith("io-");
    }

    @Test
    void shouldKeepTheOrderOfOneThreadAcrossTasks() throws Exception {
        // given
        Connection connection = seen.get(10, TimeUnit.SECONDS);
        int count = 500;

        // when
        for (int number = 0; number < count; number += 2) {
            int second = number + 1;
            connection.send(Wire.request(1, number), Payload.empty());
            connection.execute(() -> connection.send(Wire.request(1, second), Payload.empty()));
        }

        // then
        List<Integer> even = new ArrayList<>();
        List<Integer> odd = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            int number = next();
            (number % 2 == 0 ? even : odd).add(number);
            assertThat(even.size()).isGreaterThanOrEqualTo(odd.size());
        }
        assertThat(even).isSorted();
        assertThat(odd).isSorted();
    }

    @Test
    void shouldDropTasksOfAClosedConnection() throws Exception {
        // given
        Connection connection = seen.get(10, TimeUnit.SECONDS);
        peer.close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();

        // when
        connection.execute(() -> events.add("task"));
        server.close();
        connection.execute(() -> events.add("late task"));

        // then
        assertThat(events).containsExactly("opened", "closed");
    }

    @Test
    void shouldSurviveATaskThatFails() throws Exception {
        // given
        Connection connection = seen.get(10, TimeUnit.SECONDS);

        // when
        connection.execute(() -> {
            throw new IllegalStateException("a bug");
        });
        peer.send(Wire.request(1, 1));

        // then
        assertThat(next()).isEqualTo(1);
    }

    @Test
    void shouldCloseOnlyTheConnectionWhoseEventsFail() {
        // given
        try (Logged log = new Logged(NettyConnection.class.getName(), Level.ERROR);
                RawPeer unlucky = server.peer()) {
            // when
            unlucky.send(Wire.request(FAILING, 1));

            // then
            assertThat(unlucky.isClosedByPeer()).isTrue();
            assertThat(log.events()).singleElement();
            peer.send(Wire.request(1, 1));
            assertThat(next()).isEqualTo(1);
        }
    }

    @Test
    void shouldCloseOnlyTheConnectionWhosePassFails() {
        // given
        try (Logged log = new Logged(NettyConnection.class.getName(), Level.ERROR);
                RawPeer unlucky = server.peer()) {
            // when
            unlucky.send(Wire.request(FAILING_PASS, 1));

            // then
            assertThat(unlucky.isClosedByPeer()).isTrue();
            assertThat(log.events()).singleElement();
            peer.send(Wire.request(1, 1));
            assertThat(next()).isEqualTo(1);
        }
    }

    private int next() {
        return peer.receive().opaque();
    }
}
