package bolide.remoting;

import static bolide.remoting.RunningServer.ECHO;
import static bolide.remoting.RunningServer.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.remoting.netty.ConnectionLimits;
import bolide.remoting.netty.NettyNetwork;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client against a server, over real sockets. */
final class RemotingClientTest {
    private static final int SILENT = 3000; // never answered
    private static final int CALL_BACK = 3001; // the server asks in turn, one-way, inline
    private static final int HANG_UP = 3002;
    private static final int ORDER = 3003;
    private static final int PUSHED = 40;
    private static final int PUSHED_WAITING = 41;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final NettyNetwork network = new NettyNetwork(1, Thread::new);
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> order = new LinkedBlockingQueue<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private RunningServer server;
    private RemotingClient client;

    @BeforeEach
    void start() {
        server = serve(0);
        RequestTable table =
                new RequestTable()
                        .inline(
                                PUSHED,
                                frame -> Wire.text(frame.body()),
                                (text, reply) -> pushed.add(text),
                                (Answer answer) -> answer)
                        .blocking(
                                PUSHED_WAITING,
                                frame -> Wire.text(frame.body()),
                                (text, caller) -> pushed.add(text + " waiting"),
                                added -> Answer.ok());
        client = new RemotingClient(network, network.timers(), table, blocking);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        network.close();
        blocking.shutdownNow();
    }

    private RunningServer serve(int port) {
        RequestTable table =
                new RequestTable()
                        .inline(
                                SILENT,
                                frame -> frame,
                                (frame, reply) -> connections.add(reply.caller().connection()),
                                (Answer answer) -> answer)
                        .inline(
                                CALL_BACK,
                                frame -> frame,
                                this::callBack,
                                (Answer answer) -> answer)
                        .inline(
                                HANG_UP,
                                frame -> frame,
                                (frame, reply) -> reply.caller().connection().close(),
                                (Answer answer) -> answer)
                        .inline(
                                ORDER,
                                frame -> frame.fields().integer("n"),
                                (Integer number, Reply<Answer> reply) -> {
                                    connections.add(reply.caller().connection());
                                    order.add(number);
                                    reply.send(Answer.ok());
                                },
                                (Answer answer) -> answer);
        return new RunningServer(table, ConnectionLimits.DEFAULT, port);
    }

    private void callBack(Frame request, Reply<Answer> reply) {
        for (int code : new int[] {PUSHED, PUSHED_WAITING}) {
            Frame frame = Wire.request(code, 1).asOneWay();
            reply.caller().connection().send(frame, Payload.of(Wire.text("news")));
        }
        reply.send(Answer.ok());
    }

    @Test
    void shouldBringTheResponse() throws Exception {
        // given
        Fields fields = Fields.builder().put("a", 1).build();
        Frame request = Frame.request(ECHO, fields, Wire.text("hello"));

        // when
        Frame response = ask(request);

        // then
        assertThat(response.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(response.fields()).isEqualTo(fields);
        assertThat(Wire.text(response.body())).isEqualTo("hello");
        assertThat(response.body().hasArray()).isTrue();
    }

    @Test
    void shouldBringRefusalsAsResponses() throws Exception {
        // when
        Frame response = ask(Frame.request(9999, Fields.NONE));

        // then
        assertThat(response.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
    }

    @Test
    void shouldMatchManyAnswersOfManyThreadsOnOneConnection() throws Exception {
        // given
        int threads = 4;
        int each = 500;
        List<CompletableFuture<Void>> all = new ArrayList<>();

        // when
        for (int thread = 0; thread < threads; thread++) {
            int first = thread * each;
            all.add(
                    CompletableFuture.runAsync(
                            () -> {
                                for (int number = first; number < first + each; number++) {
                                    assertThat(echoed("number " + number).join())
                                            .isEqualTo("number " + number);
                                }
                            },
                            blocking));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        ask(numbered(1));

        // then
        assertThat(connections).hasSize(1);
    }

    @Test
    void shouldKeepTheOrderOfRequestsMadeWhileConnecting() throws Exception {
        // given
        List<CompletableFuture<Frame>> answers = new ArrayList<>();

        // when
        for (int number = 0; number < 300; number++) {
            answers.add(client.request(server.name(), numbered(number), TEN_SECONDS));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .get(10, TimeUnit.SECONDS);

        // then
        assertThat(new ArrayList<>(order)).hasSize(300).isSorted();
    }

    @Test
    void shouldCarryLongBodies() throws Exception {
        // given
        ByteBuffer body = ByteBuffer.allocate(4 * MIB).putInt(MIB, 42);

        // when
        Frame response = ask(Frame.request(ECHO, Fields.NONE, body));

        // then
        assertThat(response.body().mismatch(body)).isEqualTo(-1);
    }

    @Test
    void shouldGiveUpWhenTheTimeIsUp() {
        // given
        Frame silent = Frame.request(SILENT, Fields.NONE);

        // when
        CompletableFuture<Frame> answer =
                client.request(server.name(), silent, Duration.ofMillis(50));

        // then
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(NetworkException.class)
                .hasMessage("no answer from " + server.name() + " to request 3000 within 50 ms");
    }

    @Test
    void shouldFailWhatIsUnansweredWhenTheConnectionIsLost() {
        // given
        CompletableFuture<Frame> answer =
                client.request(server.name(), Frame.request(SILENT, Fields.NONE), TEN_SECONDS);

        // when
        client.oneWay(server.name(), Frame.request(HANG_UP, Fields.NONE));

        // then
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(NetworkException.class)
                .hasMessage("the connection to " + server.name() + " was lost");
    }

    @Test
    void shouldConnectAgainAfterTheServerWasRestarted() throws Exception {
        // given
        assertThat(echoed("one").get(10, TimeUnit.SECONDS)).isEqualTo("one");
        int port = server.address().getPort();
        server.close();

        // when
        assertThatThrownBy(() -> echoed("two").get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("" + port);
        server = serve(port);

        // then
        assertThat(Eventually.holds(this::isAnswered)).isTrue();
    }

    @Test
    void shouldNameWhereNobodyListens() throws Exception {
        // given
        String name = server.name();
        server.close();

        // when
        CompletableFuture<Frame> answer =
                client.request(name, Frame.request(ECHO, Fields.NONE), TEN_SECONDS);

        // then
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("no connection to")
                .hasMessageContaining(name)
                .hasMessageContaining("refused");
    }

    @Test
    void shouldSayOnceThatNobodyListensUntilItConnectsAgain() throws Exception {
        // given
        int port = server.address().getPort();
        server.close();
        try (Logged log = new Logged(Link.class.getName(), Level.DEBUG)) {
            // when
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThat(isAnswered()).isFalse();
            }

            // then
            assertThat(log.events())
                    .extracting(ILoggingEvent::getLevel)
                    .containsExactly(Level.INFO, Level.DEBUG, Level.DEBUG);

            // when
            server = serve(port);
            assertThat(Eventually.holds(this::isAnswered)).isTrue();
            server.close();

            // then
            assertThat(Eventually.holds(() -> !isAnswered() && informed(log) == 2)).isTrue();
        }
    }

    @Test
    void shouldSayHowManyRequestsWereNotSent() {
        for (int count = 1; count <= 2; count++) {
            // given
            ConnectionEvents nobody = new RemotingServer(new RequestTable(), Runnable::run);
            Link link = new Link("h:1", nobody, new HashSet<>(), lost -> {});
            for (int i = 0; i < count; i++) {
                link.send(Frame.request(ECHO, Fields.NONE));
            }

            // when
            try (Logged log = new Logged(Link.class.getName(), Level.DEBUG)) {
                link.end(new NetworkException("gone"));

                // then
                assertThat(log.lines())
                        .containsExactly(
                                count == 1
                                        ? "1 request to h:1 was not sent: gone"
                                        : "2 requests to h:1 were not sent: gone");
            }
        }
    }

    private static long informed(Logged log) {
        return log.events().stream().filter(event -> event.getLevel() == Level.INFO).count();
    }

    @Test
    void shouldRefuseWhatIsNoAddress() {
        for (String wrong :
                List.of("nonsense", ":9876", "a:b", "127.0.0.1:0", "a:65536", "", "\n:x")) {
            // when
            CompletableFuture<Frame> answer =
                    client.request(wrong, Frame.request(ECHO, Fields.NONE), TEN_SECONDS);

            // then
            assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                    .as(wrong)
                    .cause()
                    .isInstanceOf(NetworkException.class)
                    .hasMessageContaining("is not host:port");
        }
    }

    @Test
    void shouldSplitAddressesAtTheLastColon() {
        // when // then
        assertThat(Addresses.resolve("[::1]:9876").getPort()).isEqualTo(9876);
        assertThat(Addresses.resolve("::1:9876").getAddress().getHostAddress())
                .isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    void shouldFailAlsoWithoutAnExecutorWhenAnAddressIsWrong() {
        // given
        try (RemotingClient plain =
                new RemotingClient(network, network.timers(), new RequestTable())) {
            // when
            CompletableFuture<Frame> answer =
                    plain.request("nonsense", Frame.request(ECHO, Fields.NONE), TEN_SECONDS);

            // then
            assertThat(answer).isCompletedExceptionally();
        }
    }

    @Test
    void shouldWantAnExecutorForBlockingHandlers() {
        // given
        RequestTable table =
                new RequestTable()
                        .blocking(1, frame -> frame, (frame, caller) -> 1, one -> Answer.ok());

        // when // then
        assertThatThrownBy(() -> new RemotingClient(network, network.timers(), table))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldServeWhatTheServerAsks() throws Exception {
        // when
        ask(Frame.request(CALL_BACK, Fields.NONE));

        // then
        assertThat(List.of(pushed.poll(10, TimeUnit.SECONDS), pushed.poll(10, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder("news", "news waiting");
    }

    @Test
    void shouldFailEverythingOnceClosed() {
        // given
        CompletableFuture<Frame> before =
                client.request(server.name(), Frame.request(SILENT, Fields.NONE), TEN_SECONDS);

        // when
        client.close();
        CompletableFuture<Frame> after =
                client.request(server.name(), Frame.request(ECHO, Fields.NONE), TEN_SECONDS);
        client.oneWay(server.name(), Frame.request(ECHO, Fields.NONE));

        // then
        assertThatThrownBy(before::get).cause().hasMessageContaining("is closed");
        assertThatThrownBy(after::get).cause().hasMessageContaining("is closed");
    }

    private Frame ask(Frame request) throws Exception {
        return client.request(server.name(), request, TEN_SECONDS).get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<String> echoed(String text) {
        return client.request(
                        server.name(),
                        Frame.request(ECHO, Fields.NONE, Wire.text(text)),
                        TEN_SECONDS)
                .thenApply(response -> Wire.text(response.body()));
    }

    private boolean isAnswered() {
        try {
            return echoed("again").get(10, TimeUnit.SECONDS).equals("again");
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException | java.util.concurrent.TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Frame numbered(int number) {
        return Frame.request(ORDER, Fields.builder().put("n", number).build());
    }
}
