package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.broker.topic.TopicDefaults;
import bolide.protocol.frame.Frame;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.send.SendRequest;
import bolide.protocol.topic.Permission;
import bolide.remoting.Connection;
import bolide.remoting.Network;
import bolide.remoting.RemotingServer;
import bolide.remoting.RequestTable;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.Volume;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A broker on a real store in a directory, asked through its table of requests as a connection
/// asks it, with time and connections in the test's hands.
final class BrokerHarness implements AutoCloseable {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    final ManualTimers timers = new ManualTimers();
    final AtomicLong wallMillis = new AtomicLong(1_700_000_000_000L);
    final FakeNameServer nameServer = new FakeNameServer();
    final FakeClient client = new FakeClient(4711);
    final Store store;
    final Broker broker;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger opaque = new AtomicInteger();
    private final RequestTable table = new RequestTable();
    private final RemotingServer server;

    BrokerHarness(Path data, FlushPolicy flush) {
        this(data, flush, 1 << 30);
    }

    BrokerHarness(Path data, FlushPolicy flush, long hotBytes) {
        this(new DirectoryVolume(data), flush, hotBytes);
    }

    BrokerHarness(Volume data, FlushPolicy flush, long hotBytes) {
        this(data, flush, hotBytes, Thread.ofPlatform().daemon(true).factory());
    }

    BrokerHarness(Volume data, FlushPolicy flush, long hotBytes, ThreadFactory threads) {
        this(data, flush, hotBytes, threads, Permission.READ_WRITE);
    }

    BrokerHarness(
            Volume data, FlushPolicy flush, long hotBytes, ThreadFactory threads, int permission) {
        StoreConfig config = new StoreConfig(flush, Duration.ofMillis(50), 1 << 20);
        store = new Store(data, config);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);
        broker =
                new Broker(
                        new BrokerConfig(
                                new BrokerIdentity("C", "b", 0, "127.0.0.1:10911"),
                                address,
                                new TopicDefaults("C", "b", true, 8),
                                true,
                                permission,
                                hotBytes),
                        store,
                        List.of(nameServer),
                        () -> Instant.ofEpochMilli(wallMillis.get()),
                        timers::nowNanos,
                        bound -> 0,
                        timers,
                        threads,
                        failure::set);
        broker.addTo(table);
        server = new RemotingServer(table, Runnable::run);
        broker.start();
    }

    /// Lets real connections in.
    Network.Listener listen(Network network) {
        return network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server);
    }

    /// Lets real connections in, whose requests that may wait run on threads of their own.
    ///
    /// @param waiting runs them
    Network.Listener listen(Network network, Executor waiting) {
        return network.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new RemotingServer(table, waiting));
    }

    /// Sends a request and ends the pass; does not wait.
    ///
    /// @return the request's number
    int post(FakeClient from, Frame request) {
        int number = hand(from, request);
        server.passEnded(from);
        return number;
    }

    /// Hands a request over within a pass that goes on.
    int hand(Connection from, Frame request) {
        int number = opaque.incrementAndGet();
        server.received(from, request.withOpaque(number));
        return number;
    }

    void endPass(Connection from) {
        server.passEnded(from);
    }

    /// @return the answer, waited for
    Frame answer(FakeClient to, int number) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (to.responses(number).isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(failure.get()).isNull();
        assertThat(to.responses(number)).as("answers to request %d", number).hasSize(1);
        return to.responses(number).get(0);
    }

    Frame ask(FakeClient from, Frame request) {
        return answer(from, post(from, request));
    }

    Frame ask(Frame request) {
        return ask(client, request);
    }

    Frame ask(int code, String... fields) {
        return ask(Frame.request(code, FakeClient.fields(fields)));
    }

    void closed(FakeClient connection) {
        connection.close();
        server.closed(connection);
    }

    static SendRequest message(String topic, int queueId, String body, String properties) {
        return new SendRequest(
                "P",
                topic,
                "TBW102",
                4,
                queueId,
                0,
                1L,
                7,
                properties,
                0,
                false,
                -1,
                false,
                bytes(body));
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    Frame send(String topic, int queueId, String body, String properties) {
        return ask(message(topic, queueId, body, properties).encode());
    }

    /// A pull that carries its subscription and is not held.
    static PullRequest pull(String topic, int queueId, long offset, String tags) {
        return new PullRequest(
                "G", topic, queueId, offset, 32, PullRequest.SUBSCRIPTION, 0, 0, 0, tags, "TAG", 0);
    }

    static PullRequest heldPull(String topic, int queueId, long offset, String tags, long millis) {
        return new PullRequest(
                "G",
                topic,
                queueId,
                offset,
                32,
                PullRequest.SUBSCRIPTION | PullRequest.SUSPEND,
                0,
                millis,
                0,
                tags,
                "TAG",
                0);
    }

    /// Waits until the queue has at least so many messages to be found.
    void awaitEnd(String topic, int queueId, long end) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (maxOffset(topic, queueId) < end && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(maxOffset(topic, queueId)).isGreaterThanOrEqualTo(end);
    }

    long maxOffset(String topic, int queueId) {
        return ask(30, "topic", topic, "queueId", "" + queueId).fields().number("offset");
    }

    static Frame heartbeat(String clientId, String group, Subscription... subscriptions) {
        return new Heartbeat(
                        clientId,
                        List.of(),
                        List.of(
                                new ConsumerData(
                                        group,
                                        ConsumerData.PUSH,
                                        ConsumerData.CLUSTERING,
                                        ConsumerData.FROM_LAST,
                                        List.of(subscriptions))),
                        0,
                        false)
                .encode();
    }

    @Override
    public void close() {
        broker.leave();
        broker.close();
        assertThat(failure.get()).isNull();
    }
}
