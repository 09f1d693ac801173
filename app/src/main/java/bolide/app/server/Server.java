package bolide.app.server;

import bolide.app.config.HostPort;
import bolide.app.config.ServerConfig;
import bolide.broker.Broker;
import bolide.broker.BrokerConfig;
import bolide.broker.registration.NameServer;
import bolide.broker.registration.RemoteNameServer;
import bolide.broker.topic.TopicDefaults;
import bolide.nameserver.route.ExpiryScan;
import bolide.nameserver.route.RouteTable;
import bolide.nameserver.tcp.NameServerRequests;
import bolide.protocol.route.BrokerData;
import bolide.protocol.route.BrokerIdentity;
import bolide.remoting.Network;
import bolide.remoting.NetworkException;
import bolide.remoting.RemotingClient;
import bolide.remoting.RemotingServer;
import bolide.remoting.RequestTable;
import bolide.remoting.netty.NettyNetwork;
import bolide.store.Store;
import bolide.store.file.DirectoryVolume;
import bolide.store.recovery.Recovery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// One process's name server, broker or both on one port: started in the order in which they need
/// each other, stopped in reverse. The port opens last.
public final class Server implements AutoCloseable {
    private static final int RETRY_QUEUES = 1;
    private static final int MOST_IO_THREADS = 4;

    private final ServerConfig config;
    private final long hotBytes = Seams.memoryBytes() * 2 / 5;
    private final ExecutorService requests =
            Executors.newThreadPerTaskExecutor(Seams.requestThreads());
    private final NettyNetwork network =
            new NettyNetwork(Math.min(MOST_IO_THREADS, Seams.processors()), Seams.threads());
    private final List<Network.Listener> listeners = new ArrayList<>();
    private final RemotingClient client;
    private Optional<ExpiryScan> expiry = Optional.empty();
    private Optional<Broker> broker = Optional.empty();
    private Optional<Recovery.Outcome> recovered = Optional.empty();
    private HostPort advertised;

    /// Starts everything.
    ///
    /// @param onFailure told when the disk has failed or a bug showed: the process must end
    /// @throws bolide.app.config.ConfigException when a setting cannot be used
    /// @throws bolide.store.file.StoreInUseException when another server works on the directory
    /// @throws bolide.store.file.StorageException when the directory cannot be used
    /// @throws NetworkException when the address cannot be had
    public Server(ServerConfig config, Consumer<Throwable> onFailure) {
        this.config = config;
        this.client = new RemotingClient(network, network.timers(), new RequestTable());
        try {
            start(onFailure);
        } catch (RuntimeException impossible) {
            close();
            throw impossible;
        }
    }

    private void start(Consumer<Throwable> onFailure) {
        InetAddress bind = ListenAddress.bind(config);
        Optional<Store> store = openStore();
        Gate gate = new Gate();
        InetSocketAddress listening;
        try {
            listening = listen(bind, gate);
        } catch (RuntimeException impossible) {
            store.ifPresent(Store::close);
            throw impossible;
        }
        advertised = ListenAddress.advertised(config, listening);
        RequestTable table = new RequestTable();
        List<NameServer> nameServers = nameServers(table);
        store.ifPresent(opened -> startBroker(opened, nameServers, table, onFailure));
        gate.open(new RemotingServer(table, requests));
    }

    private Optional<Store> openStore() {
        if (!config.roles().contains(ServerConfig.Role.BROKER)) {
            return Optional.empty();
        }
        Store store = new Store(new DirectoryVolume(config.data()), config.store());
        recovered = Optional.of(store.recovered());
        return Optional.of(store);
    }

    private InetSocketAddress listen(InetAddress bind, Gate gate) {
        int port = config.port().orElse(ServerConfig.CLASSIC_NAMESERVER_PORT);
        Network.Listener main = network.listen(new InetSocketAddress(bind, port), gate);
        listeners.add(main);
        if (config.port().isEmpty() && config.roles().contains(ServerConfig.Role.BROKER)) {
            listenClassic(bind, gate);
        }
        return main.address();
    }

    private void listenClassic(InetAddress bind, Gate gate) {
        try {
            listeners.add(
                    network.listen(
                            new InetSocketAddress(bind, ServerConfig.CLASSIC_BROKER_PORT), gate));
        } catch (NetworkException taken) {
            assert listeners.size() == 1; // a convenience only: the main port serves everything
        }
    }

    private List<NameServer> nameServers(RequestTable table) {
        List<NameServer> nameServers = new ArrayList<>();
        if (config.roles().contains(ServerConfig.Role.NAMESERVER)) {
            RouteTable routes = new RouteTable(Seams.nanoClock());
            expiry = Optional.of(new ExpiryScan(routes, network.timers()));
            new NameServerRequests(routes).addTo(table);
            nameServers.add(new EmbeddedNameServer(routes));
        }
        for (HostPort address : config.nameserver()) {
            nameServers.add(new RemoteNameServer(client, address.toString()));
        }
        return nameServers;
    }

    private void startBroker(
            Store store,
            List<NameServer> nameServers,
            RequestTable table,
            Consumer<Throwable> onFailure) {
        BrokerConfig settings =
                new BrokerConfig(
                        new BrokerIdentity(
                                config.cluster(),
                                config.name(),
                                BrokerData.MASTER,
                                advertised.toString()),
                        ListenAddress.resolved(advertised),
                        new TopicDefaults(
                                config.cluster(),
                                config.name(),
                                config.autoCreateTopics(),
                                config.defaultTopicQueues(),
                                RETRY_QUEUES),
                        hotBytes);
        Broker started =
                new Broker(
                        settings,
                        store,
                        nameServers,
                        Seams.clock(),
                        Seams.nanoClock(),
                        Seams.random(),
                        network.timers(),
                        Seams.threads(),
                        onFailure);
        broker = Optional.of(started);
        started.addTo(table);
        started.start();
    }

    /// @return the address that clients use
    public HostPort advertised() {
        return advertised;
    }

    /// @return where the server listens
    public List<InetSocketAddress> listening() {
        return listeners.stream().map(Network.Listener::address).toList();
    }

    /// @return what was found in the data directory; empty without a broker
    public Optional<Recovery.Outcome> recovered() {
        return recovered;
    }

    /// @return what lies within so many bytes of the log's end is taken to be in memory
    public long hotBytes() {
        return hotBytes;
    }

    @Override
    public void close() {
        listeners.forEach(Network.Listener::close);
        broker.ifPresent(Broker::leave);
        expiry.ifPresent(ExpiryScan::close);
        client.close();
        network.close();
        requests.shutdown();
        broker.ifPresent(Broker::close);
    }
}
