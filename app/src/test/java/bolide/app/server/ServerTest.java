package bolide.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import bolide.app.config.ConfigException;
import bolide.app.config.HostPort;
import bolide.app.config.ServerConfig;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.TopicRoute;
import bolide.remoting.NetworkException;
import bolide.store.file.StoreInUseException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One process: what it serves, where it listens, how it starts and stops.
final class ServerTest {
    private static final String TOPIC = "orders";

    @TempDir private Path directory;

    @Test
    void shouldAnswerNameServerAndBrokerRequestsOnOnePort() {
        try (RunningServer running = new RunningServer(data());
                Peer peer = running.peer()) {
            // when
            Frame created = peer.ask(Ask.createTopic(TOPIC, 2));
            Frame route = peer.ask(Ask.route(TOPIC));
            Frame sent = peer.ask(Ask.send(TOPIC, 0, "hello"));
            Frame pulled = peer.ask(Ask.pull("readers", TOPIC, 0, 0, 1_000));

            // then
            assertThat(sent.code()).isEqualTo(ResponseCode.SUCCESS);
            assertThat(Ask.bodies(pulled)).containsExactly("hello");
            assertThat(created.code()).isEqualTo(ResponseCode.SUCCESS);
            assertThat(addressOf(route))
                    .isEqualTo(running.server().advertised().toString())
                    .isEqualTo("127.0.0.1:" + running.address().getPort());
            assertThat(running.failures()).isEmpty();
        }
    }

    @Test
    void shouldBeANameServerWithoutADataDirectory() {
        // given
        Map<String, String> settings = Map.of("port", "0", "roles", "nameserver");
        try (RunningServer running = new RunningServer(data(), settings);
                Peer peer = running.peer()) {
            // when
            Frame route = peer.ask(Ask.route(TOPIC));
            Frame sent = peer.ask(Ask.send(TOPIC, 0, "hello"));

            // then
            assertThat(route.code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
            assertThat(sent.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
            assertThat(running.server().recovered()).isEmpty();
            assertThat(data()).doesNotExist();
        }
    }

    @Test
    void shouldBeABrokerThatRegistersElsewhere() {
        // given
        Map<String, String> apart = Map.of("port", "0", "roles", "nameserver");
        try (RunningServer names = new RunningServer(data(), apart)) {
            String address = names.server().advertised().toString();
            Map<String, String> settings =
                    Map.of("port", "0", "roles", "broker", "nameserver", address);

            try (RunningServer broker = new RunningServer(data(), settings);
                    Peer toBroker = broker.peer();
                    Peer toNames = names.peer()) {
                // when
                Frame unknown = toBroker.ask(Ask.route(TOPIC));
                Frame created = toBroker.ask(Ask.createTopic(TOPIC, 2));
                Frame route = toNames.ask(Ask.route(TOPIC));

                // then
                assertThat(unknown.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
                assertThat(created.code()).isEqualTo(ResponseCode.SUCCESS);
                assertThat(addressOf(route)).isEqualTo(broker.server().advertised().toString());
            }
            try (Peer toNames = names.peer()) { // it has said farewell
                assertThat(toNames.ask(Ask.route(TOPIC)).code())
                        .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
            }
        }
    }

    @Test
    void shouldMakeNoGroupOnItsFirstUseWhenToldSo() {
        // given
        Map<String, String> settings = Map.of("port", "0", "auto-create-groups", "false");
        try (RunningServer running = new RunningServer(data(), settings);
                Peer peer = running.peer()) {
            peer.ask(Ask.createTopic(TOPIC, 1));

            // when
            Frame pulled = peer.ask(Ask.pull("readers", TOPIC, 0, 0, 0));

            // then
            assertThat(pulled.code()).isEqualTo(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST);
            assertThat(pulled.remark()).contains("group readers does not exist on this broker");
        }
    }

    @Test
    void shouldGiveClientsTheAddressItIsTold() {
        // given
        Map<String, String> settings = Map.of("port", "0", "advertise", "localhost:12345");
        try (RunningServer running = new RunningServer(data(), settings);
                Peer peer = running.peer()) {
            // when
            Frame created = peer.ask(Ask.createTopic(TOPIC, 1));
            Frame route = peer.ask(Ask.route(TOPIC));

            // then
            assertThat(created.code()).as(created.remark()).isZero();
            assertThat(route.code()).as(route.remark()).isZero();
            assertThat(addressOf(route)).isEqualTo("localhost:12345");
            assertThat(running.server().advertised()).isEqualTo(new HostPort("localhost", 12345));
        }
    }

    @Test
    void shouldRefuseAnUnknownAddressWithNothingTouched() {
        // given
        Map<String, String> settings = Map.of("port", "0", "advertise", "no..host:1");

        // then
        assertThatThrownBy(() -> new RunningServer(data(), settings))
                .isInstanceOf(ConfigException.class);
        assertThat(data()).doesNotExist();
    }

    @Test
    void shouldListenOnOnePortOnlyWhenAPortIsGiven() {
        try (RunningServer running = new RunningServer(data())) {
            assertThat(running.server().listening()).hasSize(1);
        }
    }

    /// Somebody may have one of these ports on every address; then that is what has to be said.
    @Test
    void shouldListenOnTheClassicPortsWhenNoPortIsGiven() {
        // given
        InetAddress own = ownLoopback();
        boolean isMainFree = isFree(own, ServerConfig.CLASSIC_NAMESERVER_PORT);
        boolean isAliasFree = isFree(own, ServerConfig.CLASSIC_BROKER_PORT);
        Map<String, String> settings = Map.of("bind", own.getHostAddress());

        // when
        if (!isMainFree) {
            assertThatThrownBy(() -> new RunningServer(data(), settings))
                    .isInstanceOf(NetworkException.class)
                    .hasMessageStartingWith("cannot listen on " + own.getHostAddress() + ":9876: ");
            return;
        }
        try (RunningServer running = new RunningServer(data(), settings)) {
            // then
            Set<Integer> ports = ports(running);
            assertThat(ports).isEqualTo(isAliasFree ? Set.of(9876, 10911) : Set.of(9876));
            for (InetSocketAddress address : running.server().listening()) {
                try (Peer peer = Peer.of(address)) {
                    assertThat(peer.ask(Ask.send(TOPIC, 0, "hello")).code()).isZero();
                    assertThat(peer.ask(Ask.route("elsewhere")).code())
                            .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
                }
            }
        }
    }

    @Test
    void shouldDoWithoutTheClassicBrokerPortWhenItIsTaken() throws IOException {
        // given
        InetAddress own = ownLoopback();
        boolean isMainFree = isFree(own, ServerConfig.CLASSIC_NAMESERVER_PORT);
        Map<String, String> settings = Map.of("bind", own.getHostAddress());
        try (ServerSocket other = take(own, ServerConfig.CLASSIC_BROKER_PORT)) {
            assertThat(isMainFree && other.isBound()).isEqualTo(isMainFree);

            // when
            if (isMainFree) {
                try (RunningServer running = new RunningServer(data(), settings)) {
                    // then
                    assertThat(ports(running)).isEqualTo(Set.of(9876));
                }
            }
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenItsPortIsTaken() throws IOException {
        // given
        int port;
        try (ServerSocket other = take(InetAddress.getLoopbackAddress(), 0)) {
            port = other.getLocalPort();
            Map<String, String> settings = Map.of("port", Integer.toString(port));

            // when
            Throwable refusal = catchThrowable(() -> new RunningServer(data(), settings));

            // then
            assertThat(refusal)
                    .isInstanceOf(NetworkException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port + ": ")
                    .hasMessageContaining("--port");
        }
        try (RunningServer running = new RunningServer(data());
                Peer peer = running.peer()) {
            assertThat(peer.ask(Ask.send(TOPIC, 0, "hello")).code()).isZero();
        }
    }

    @Test
    void shouldRefuseADirectoryInUse() {
        try (RunningServer first = new RunningServer(data());
                Peer peer = first.peer()) {
            // when
            Throwable refusal = catchThrowable(() -> new RunningServer(data()));

            // then
            assertThat(refusal)
                    .isInstanceOf(StoreInUseException.class)
                    .hasMessage(
                            "data directory %s is in use by process %d; stop it first",
                            data(), ProcessHandle.current().pid());
            assertThat(peer.ask(Ask.send(TOPIC, 0, "hello")).code()).isZero();
        }
    }

    @Test
    void shouldStartAgainAtOnceOnTheSamePortAndDirectory() {
        // given
        RunningServer first = new RunningServer(data());
        Map<String, String> settings = Map.of("port", Integer.toString(first.address().getPort()));
        try (Peer peer = first.peer()) { // still open, so that the port is not quite free
            assertThat(peer.ask(Ask.send(TOPIC, 0, "hello")).code()).isZero();
            first.close();

            // when
            try (RunningServer second = new RunningServer(data(), settings);
                    Peer again = second.peer()) {
                // then
                assertThat(Ask.bodies(again.ask(Ask.pull("readers", TOPIC, 0, 0, 0))))
                        .containsExactly("hello");
                assertThat(second.server().recovered().orElseThrow().torn()).isEmpty();
            }
        }
    }

    /// A name server that has fallen silent, clients that hold on, and requests that wait.
    @Test
    void shouldStopInTimeWhoeverHoldsOn() throws IOException {
        // given
        try (ServerSocket listening = take(InetAddress.getLoopbackAddress(), 0)) {
            Thread names = new Thread(() -> answerOnce(listening), "names");
            names.start();
            Map<String, String> settings =
                    Map.of("port", "0", "nameserver", "127.0.0.1:" + listening.getLocalPort());
            RunningServer running = new RunningServer(data(), settings);
            try (Peer idle = running.peer();
                    Peer waiting = running.peer();
                    Peer slow = running.peer()) {
                waiting.ask(Ask.send(TOPIC, 0, "hello"));
                waiting.send(Ask.pull("readers", TOPIC, 0, 1, 30_000));
                slow.send(Ask.createTopic("payments", 1)); // waits for the name server
                slow.send(Peer.bytes(Ask.route(TOPIC)), 0, 20);

                // when
                long asked = System.nanoTime();
                running.close();
                Duration took = Duration.ofNanos(System.nanoTime() - asked);

                // then
                assertThat(took).isLessThan(Duration.ofSeconds(2));
                assertThat(idle.isClosedByOther()).isTrue();
                assertThat(running.failures()).isEmpty();
            }
        }
    }

    private static void answerOnce(ServerSocket listening) {
        try (Peer broker = Peer.accept(listening)) {
            Frame registration = broker.receive();
            broker.send(registration.answer(0, "", Fields.NONE, Frame.emptyBody()));
            broker.isClosedByOther(); // whatever else it says
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static String addressOf(Frame route) {
        TopicRoute decoded = TopicRoute.decode(route.body());
        return decoded.brokers().get(0).addresses().get(0L);
    }

    private static Set<Integer> ports(RunningServer running) {
        return running.server().listening().stream()
                .map(InetSocketAddress::getPort)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// @return a loopback address that hardly anybody else uses
    private static InetAddress ownLoopback() {
        long pid = ProcessHandle.current().pid();
        byte[] address = {127, 83, (byte) (pid >>> 8), (byte) Math.clamp(pid & 0xFF, 1, 254)};
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, address)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /// @return a socket that has the port, unless somebody else has it already
    private static ServerSocket take(InetAddress address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(address, port));
        } catch (BindException taken) {
            return socket;
        }
        return socket;
    }
}
