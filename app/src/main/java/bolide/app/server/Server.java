package bolide.app.server;

import bolide.app.config.HostPort;
import bolide.app.config.ServerConfig;
import bolide.broker.Broker;
import bolide.broker.BrokerConfig;
import bolide.broker.registration.ClusterTopics;
import bolide.broker.registration.NameServer;
import bolide.broker.registration.RemoteMasters;
import bolide.broker.registration.RemoteNameServer;
import bolide.broker.topic.TopicDefaults;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.route.BrokerData;
import bolide.protocol.route.BrokerIdentity;
import bolide.remoting.Network;
import bolide.remoting.NetworkException;
import bolide.remoting.RemotingClient;
import bolide.remoting.RemotingServer;
import bolide.remoting.RequestTable;
import bolide.remoting.netty.ConnectionLimits;
import bolide.remoting.netty.NettyNetwork;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.file.DirectoryVolume;
import bolide.store.recovery.Recovery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One process's name server, broker or both on one port: started in the order in which they need
/// each other, stopped in reverse. The port opens last.
public final class Server implements AutoCloseable {
    private static final int MOST_IO_THREADS = 4;
    private static final Duration FAREWELL = Duration.ofMillis(400);
    private static final Duration LAST_REQUESTS = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final ServerConfig config;
    private final long hotBytes = Seams.memoryBytes() * 2 / 5;
    private final ExecutorService requests =
            Executors.newThreadPerTaskExecutor(Seams.requestThreads());
    private final NettyNetwork network =
            new NettyNetwork(
                    Math.min(MOST_IO_THREADS, Seams.processors()),
                    Seams.threads(),
                    FrameLimits.SERVER,
                    FrameLimits.CLIENT,
                    ConnectionLimits.DEFAULT.withMostAccepted(Seams.connections()));
    private final List<Network.Listener> listeners = new ArrayList<>();
    private final RemotingClient client;
    private Optional<EmbeddedNameServer> nameServer = Optional.empty();
    private Optional<Broker> broker = Optional.empty();
    private Optional<ClusterTopics> clusterTopics = Optional.empty();
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
        this.client = new RemotingClient(network, network.timers(), new RequestTable(), requests);
        try {
            start(onFailure);
        } catch (RuntimeException impossible) {
            close();
            throw impossible;
        }
    }

    private void start(Consumer<Throwable> onFailure) {
        InetAddress bind = ListenAddress.bind(config);
        ListenAddress.checkAdvertised(config); // or refused, with nothing touched
        Optional<Store> store = openStore();
        try {
            start(bind, store, onFailure);
        } catch (RuntimeException impossible) {
            if (broker.isEmpty()) { // otherwise the store is the broker's to close
                store.ifPresent(Store::close);
            }
            throw impossible;
        }
    }

    private void start(InetAddress bind, Optional<Store> store, Consumer<Throwable> onFailure) {
        Gate gate = new Gate();
        InetSocketAddress listening = listen(bind, gate);
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
        StoreConfig settings = StoreOrigin.of(config.data()).settings(config.store());
        Store store = new Store(new DirectoryVolume(config.data()), settings);
        recovered = Optional.of(store.recovered());
        return Optional.of(store);
    }

    private InetSocketAddress listen(InetAddress bind, Gate gate) {
        int port = config.port().orElse(ServerConfig.CLASSIC_NAMESERVER_PORT);
        InetSocketAddress main = listen(new InetSocketAddress(bind, port), gate);
        if (config.wantsClassicPort()) {
            try {
                listen(new InetSocketAddress(bind, ServerConfig.CLASSIC_BROKER_PORT), gate);
            } catch (NetworkException taken) {
                assert listeners.size() == 1; // a convenience only: the main port serves all
            }
        }
        return main;
    }

    private InetSocketAddress listen(InetSocketAddress address, Gate gate) {
        try {
            Network.Listener listener = network.listen(address, gate);
            listeners.add(listener);
            return listener.address();
        } catch (NetworkException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new NetworkException(
                    "cannot listen on "
                            + HostPort.of(address)
                            + ": "
                            + cause.getMessage()
                            + "; choose another port with --port, where 0 takes a free one, or"
                            + " another address of this machine with --bind",
                    cause);
        }
    }

    private List<NameServer> nameServers(RequestTable table) {
        List<NameServer> nameServers = new ArrayList<>();
        if (config.roles().contains(ServerConfig.Role.NAMESERVER)) {
            nameServers.add(startNameServer(table));
        }
        for (HostPort address : config.nameserver()) {
            nameServers.add(new RemoteNameServer(client, address.toString()));
        }
        return nameServers;
    }

    private NameServer startNameServer(RequestTable table) {
        EmbeddedNameServer started =
                new EmbeddedNameServer(
                        config, client, requests, Seams.nanoClock(), network.timers());
        nameServer = Optional.of(started);
        started.addTo(table);
        return started;
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
                                config.defaultTopicQueues()),
                        config.autoCreateGroups(),
                        config.permission(),
                        hotBytes,
                        ShownSettings.of(config, advertised),
                        config.retention().zone());
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
        spreadTopics(started, settings.identity(), nameServers);
        started.addTo(table);
        started.start();
    }

    private void spreadTopics(
            Broker started, BrokerIdentity identity, List<NameServer> nameServers) {
        ClusterTopics topics =
                new ClusterTopics(
                        identity,
                        nameServers,
                        new RemoteMasters(client),
                        started::topic,
                        network.timers());
        clusterTopics = Optional.of(topics);
        started.onTopicsFirstUse(topics::made);
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

    /// Stops, in less than two seconds unless the disk is slow.
    @Override
    public void close() {
        listeners.forEach(Network.Listener::close);
        clusterTopics.ifPresent(ClusterTopics::close);
        leave();
        client.close();
        network.close();
        endRequests();
        nameServer.ifPresent(EmbeddedNameServer::close);
        broker.ifPresent(Broker::close);
    }

    /// The farewell is on its way at once; only for its confirmation there is little time.
    private void leave() {
        Thread leaving = Seams.requestThreads().newThread(() -> broker.ifPresent(Broker::leave));
        leaving.start();
        try {
            if (!leaving.join(FAREWELL)) {
                LOG.info("a name server has not confirmed the farewell; it will find out itself");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /// What requests still do with the store is done before that is closed; whoever waits for
    /// something that does not come any more has no connection left to be answered on.
    private void endRequests() {
        requests.shutdown();
        try {
            if (!requests.awaitTermination(LAST_REQUESTS.toMillis(), TimeUnit.MILLISECONDS)) {
                requests.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
