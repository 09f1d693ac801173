package bolide.client;

import bolide.client.admin.Admin;
import bolide.client.consumer.Consumers;
import bolide.client.consumer.PullConsumer;
import bolide.client.consumer.PushConsumerBuilder;
import bolide.client.group.Heartbeats;
import bolide.client.offset.QueueOffsets;
import bolide.client.producer.Producer;
import bolide.client.producer.ProducerSettings;
import bolide.client.producer.Producers;
import bolide.client.producer.UniqueIds;
import bolide.client.route.BrokerCalls;
import bolide.client.route.NameServers;
import bolide.client.route.RouteCache;
import bolide.remoting.RemotingClient;
import bolide.remoting.RequestTable;
import bolide.remoting.netty.NettyNetwork;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An application's way to its brokers: opens producers, consumers and the admin, which share its
 * connections and threads and end with it. One is enough for an application.
 *
 * <pre>{@code
 * try (BolideClient client = BolideClient.connect("127.0.0.1:9876")) {
 *     Producer producer = client.producer("shop");
 *     producer.send(Message.of("orders", body).withTag("paid"));
 * }
 * }</pre>
 */
public final class BolideClient implements AutoCloseable {
    private static final int NETWORK_THREADS = 1;
    private static final long LOOKUP_IDLE_SECONDS = 1;
    private static final long LISTENER_IDLE_SECONDS = 60;

    private final String clientId;
    private final RemotingClient remoting;
    private final RouteCache routes;
    private final Heartbeats heartbeats;
    private final Producers producers;
    private final Consumers consumers;
    private final Admin admin;
    private final Runnable endThreads;

    /**
     * @param endThreads run at the end of {@link #close}
     */
    BolideClient(List<String> nameServerAddresses, Surroundings on, Runnable endThreads) {
        long born = on.nanos().getAsLong();
        this.clientId = on.host().getHostAddress() + "@" + on.processId() + "#" + born;
        RequestTable table = new RequestTable();
        this.remoting = new RemotingClient(on.network(), on.timers(), table, on.lookups());
        NameServers nameServers = new NameServers(nameServerAddresses, (int) born, remoting);
        this.routes = new RouteCache(nameServers, on.timers(), on.nanos());
        BrokerCalls brokers = new BrokerCalls(remoting);
        QueueOffsets offsets = new QueueOffsets(brokers, routes);
        this.heartbeats = new Heartbeats(clientId, brokers, routes, on.timers());
        heartbeats.addTo(table);
        UniqueIds ids =
                new UniqueIds(
                        on.host().getAddress(),
                        on.processId(),
                        Long.hashCode(born),
                        on.clock(),
                        on.zone());
        this.producers =
                new Producers(
                        remoting, routes, heartbeats, ids, on.timers(), on.clock(), on.nanos());
        this.consumers =
                new Consumers(
                        clientId,
                        remoting,
                        routes,
                        heartbeats,
                        brokers,
                        offsets,
                        on.timers(),
                        on.clock(),
                        on.nanos(),
                        on.pools());
        this.admin = new Admin(nameServers, brokers, routes, offsets);
        this.endThreads = endThreads;
    }

    /**
     * A client on threads that keep the process alive until it is closed.
     *
     * @param nameServers {@code host:port}, several separated by semicolons
     */
    public static BolideClient connect(String nameServers) {
        return connect(nameServers, Executors.defaultThreadFactory());
    }

    /**
     * @param nameServers {@code host:port}, several separated by semicolons
     * @param threads makes all threads of the client; they get their names here
     */
    public static BolideClient connect(String nameServers, ThreadFactory threads) {
        List<String> addresses = NameServers.parse(nameServers);
        NettyNetwork network = new NettyNetwork(NETWORK_THREADS, threads);
        ClientThread clientThread = new ClientThread(threads);
        ThreadPoolExecutor lookups = pool(threads, "bolide-lookup", 1, LOOKUP_IDLE_SECONDS);
        Surroundings machine =
                new Surroundings(
                        HostAddress.find(),
                        ProcessHandle.current().pid(),
                        network,
                        clientThread,
                        lookups,
                        (group, count) ->
                                pool(threads, "bolide-" + group, count, LISTENER_IDLE_SECONDS),
                        InstantSource.system(),
                        ZoneId.systemDefault(),
                        System::nanoTime);
        return new BolideClient(
                addresses,
                machine,
                () -> {
                    lookups.shutdownNow();
                    network.close();
                    clientThread.close();
                });
    }

    private static ThreadPoolExecutor pool(
            ThreadFactory threads, String name, int count, long idleSeconds) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        count,
                        count,
                        idleSeconds,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new NamedThreads(threads, name),
                        new ThreadPoolExecutor.DiscardPolicy()); // of tasks after the end
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * @return by which brokers tell this client from others
     */
    public String clientId() {
        return clientId;
    }

    /** As {@link #producer(String, ProducerSettings)} with the usual settings. */
    public Producer producer(String group) {
        return producer(group, ProducerSettings.DEFAULT);
    }

    /**
     * @param group names what the producer belongs to, the application for example
     * @throws IllegalArgumentException when the group's name is not allowed
     * @throws IllegalStateException when this client has a producer in that group already
     */
    public Producer producer(String group, ProducerSettings settings) {
        return producers.open(group, settings);
    }

    /**
     * A member of a group that shares the messages of its topics.
     *
     * @throws IllegalArgumentException when the group's name is not allowed
     */
    public PushConsumerBuilder consumer(String group) {
        return consumers.push(group);
    }

    /**
     * A consumer that is told what to read.
     *
     * @throws IllegalArgumentException when the group's name is not allowed
     */
    public PullConsumer pullConsumer(String group) {
        return consumers.pull(group);
    }

    public Admin admin() {
        return admin;
    }

    /** Closes the consumers and producers, then the connections, and ends the threads. */
    @Override
    public void close() {
        consumers.close();
        producers.close();
        heartbeats.close();
        routes.close();
        remoting.close();
        endThreads.run();
    }
}
