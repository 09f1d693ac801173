package bolide.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.ProtocolException;
import bolide.protocol.frame.ResponseCode;
import ch.qos.logback.classic.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** How a server treats requests, without a network. */
final class RemotingServerTest {
    private static final int CODE = 10;

    private final FakeConnection connection = new FakeConnection();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();

    @Test
    void shouldBoundTheRequestsThatWait() {
        // given
        RemotingServer server = new RemotingServer(waiting(), tasks::add);
        for (int number = 0; number < 1024; number++) {
            server.received(connection, Wire.request(CODE, number));
        }

        // when
        server.received(connection, Wire.request(CODE, 1024));

        // then
        assertThat(tasks).hasSize(1024);
        Frame refusal = connection.sent().get(0);
        assertThat(refusal.opaque()).isEqualTo(1024);
        assertThat(refusal.code()).isEqualTo(ResponseCode.SYSTEM_BUSY);
        assertThat(refusal.remark()).contains("1024 requests").contains("try again");
    }

    @Test
    void shouldBoundTheBodiesThatWait() {
        // given
        RemotingServer server = new RemotingServer(waiting(), tasks::add);
        Frame big = Wire.request(CODE, 1).withBody(ByteBuffer.allocate(4 << 20));
        for (int number = 0; number < 16; number++) {
            server.received(connection, big);
        }

        // when
        server.received(connection, big);

        // then
        assertThat(tasks).hasSize(16);
        assertThat(connection.sent()).singleElement().extracting(Frame::code).isEqualTo(2);
    }

    @Test
    void shouldTakeMoreWhenSomeAreServed() {
        // given
        RemotingServer server = new RemotingServer(waiting(), tasks::add);
        for (int number = 0; number < 1025; number++) {
            server.received(connection, Wire.request(CODE, number));
        }
        connection.sent().clear();

        // when
        tasks.remove().run();
        server.received(connection, Wire.request(CODE, 1025));

        // then
        assertThat(connection.sent()).singleElement().extracting(Frame::opaque).isEqualTo(0);
        assertThat(tasks).hasSize(1024);
    }

    @Test
    void shouldRefuseWhatTheExecutorDoesNotTake() {
        // given
        RemotingServer server =
                new RemotingServer(
                        waiting(),
                        task -> {
                            throw new RejectedExecutionException("ended");
                        });

        // when
        for (int number = 0; number < 2000; number++) {
            server.received(connection, Wire.request(CODE, number));
        }

        // then
        assertThat(connection.sent()).hasSize(2000);
        assertThat(connection.sent().get(1999).remark()).contains("shutting down");
    }

    @Test
    void shouldReleaseTheAnswerToAOneWayRequest() {
        // given
        RequestTable table =
                new RequestTable()
                        .inline(
                                CODE,
                                frame -> frame,
                                (frame, reply) -> reply.send(noting("released")),
                                (Answer answer) -> answer);

        // when
        new RemotingServer(table, tasks::add)
                .received(connection, Wire.request(CODE, 1).asOneWay());

        // then
        assertThat(connection.sent()).isEmpty();
        assertThat(events).containsExactly("released");
    }

    @Test
    void shouldAnswerWhenAnOutcomeCannotBeEncoded() {
        // given
        RequestTable table =
                new RequestTable()
                        .inline(
                                CODE,
                                frame -> frame,
                                (frame, reply) -> reply.send("outcome"),
                                (String outcome) -> {
                                    throw new IllegalStateException(outcome);
                                });

        // when
        try (Logged log = new Logged("bolide", Level.ERROR)) {
            new RemotingServer(table, tasks::add).received(connection, Wire.request(CODE, 1));

            // then
            assertThat(log.events()).singleElement();
            assertThat(connection.sent()).singleElement().extracting(Frame::code).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerWhenAWaitingHandlerBreaks() {
        // given
        RequestTable table =
                new RequestTable()
                        .blocking(
                                CODE,
                                frame -> frame,
                                (frame, caller) -> {
                                    throw new AssertionError("never so");
                                },
                                (Answer answer) -> answer);

        // when
        try (Logged log = new Logged("bolide", Level.ERROR)) {
            new RemotingServer(table, Runnable::run).received(connection, Wire.request(CODE, 1));

            // then
            assertThat(log.lines()).containsExactly("request 10 failed");
            assertThat(log.events().get(0).getThrowableProxy()).isNotNull();
            assertThat(connection.sent())
                    .singleElement()
                    .satisfies(answer -> {
                        assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
                        assertThat(answer.remark()).contains("AssertionError");
                    });
        }
    }

    @Test
    void shouldLogAFailedHandlerOnceWithItsStack() {
        // given
        RemotingServer server =
                new RemotingServer(failing(new IllegalStateException("x")), tasks::add);

        // when
        try (Logged log = new Logged("bolide", Level.INFO)) {
            server.received(connection, Wire.request(CODE, 1));

            // then
            assertThat(log.lines()).containsExactly("request 10 failed");
            assertThat(log.events().get(0).getThrowableProxy()).isNotNull();
        }
    }

    @Test
    void shouldNotLogWhatIsTheCallersFault() {
        // given
        RemotingServer invalid =
                new RemotingServer(
                        failing(new InvalidRequestException("queue 9 of 4")), tasks::add);
        RemotingServer malformed =
                new RemotingServer(failing(new ProtocolException("no record")), tasks::add);

        // when
        try (Logged log = new Logged("bolide", Level.INFO)) {
            invalid.received(connection, Wire.request(CODE, 1));
            malformed.received(connection, Wire.request(CODE, 2));

            // then
            assertThat(log.lines()).isEmpty();
            assertThat(connection.sent())
                    .extracting(Frame::remark)
                    .containsExactly("queue 9 of 4", "no record");
        }
    }

    @Test
    void shouldRunEveryActionAtTheEndOfAPassAndOfAConnection() {
        // given
        RequestTable table =
                new RequestTable()
                        .afterPass(() -> fail("pass"))
                        .afterPass(() -> events.add("pass"))
                        .afterClose(gone -> fail("close"))
                        .afterClose(gone -> events.add("close"));
        RemotingServer server = new RemotingServer(table, tasks::add);

        // when
        server.passEnded(connection);
        server.closed(connection);

        // then
        assertThat(events).containsExactly("pass", "close");
    }

    @Test
    void shouldNotAnswerResponses() {
        // given
        RemotingServer server = new RemotingServer(waiting(), tasks::add);
        Frame response = Wire.request(CODE, 1).answer(0, "", Fields.NONE, Frame.emptyBody());

        // when
        server.received(connection, response);
        server.receivedTooLong(connection, response, 1 << 30);
        server.receivedTooLong(connection, Wire.request(CODE, 1).asOneWay(), 1 << 30);

        // then
        assertThat(connection.sent()).isEmpty();
        assertThat(tasks).isEmpty();
    }

    private RequestTable waiting() {
        return new RequestTable()
                .blocking(CODE, Frame::opaque, (number, caller) -> number, number -> Answer.ok());
    }

    private RequestTable failing(RuntimeException failure) {
        return new RequestTable()
                .inline(
                        CODE,
                        frame -> frame,
                        (frame, reply) -> {
                            throw failure;
                        },
                        (Answer answer) -> answer);
    }

    private Answer noting(String event) {
        return new Answer(
                0, "", Fields.NONE, new Payload(new ByteBuffer[0], () -> events.add(event)));
    }

    private static void fail(String where) {
        throw new IllegalStateException(where);
    }
}
