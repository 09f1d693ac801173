package bolide.app.server;

import bolide.app.config.ServerConfig;
import bolide.broker.registration.NameServer;
import bolide.nameserver.config.LiveConfig;
import bolide.nameserver.kv.KvConfig;
import bolide.nameserver.kv.KvStorageException;
import bolide.nameserver.route.ExpiryScan;
import bolide.nameserver.route.RegistrationOutcome;
import bolide.nameserver.route.RouteAnswer;
import bolide.nameserver.route.RouteTable;
import bolide.nameserver.tcp.ConfigRequests;
import bolide.nameserver.tcp.KvRequests;
import bolide.nameserver.tcp.NameServerRequests;
import bolide.nameserver.tcp.RemoteNotices;
import bolide.nameserver.tcp.TopicRequests;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.remoting.NetworkException;
import bolide.remoting.RemotingClient;
import bolide.remoting.RequestTable;
import bolide.remoting.Timers;
import bolide.store.file.StorageException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// The name server of this process, also as its broker sees it.
final class EmbeddedNameServer implements NameServer, AutoCloseable {
    private final KvFile file;
    private final KvConfig values;
    private final LiveConfig config;
    private final RouteTable routes;
    private final ExpiryScan expiry;

    /// @throws bolide.store.file.StoreInUseException when another one works in the directory
    /// @throws StorageException when its values cannot be read or are damaged
    ///
    /// @param threads runs what may wait, each on a thread of its own
    EmbeddedNameServer(
            ServerConfig config,
            RemotingClient client,
            Executor threads,
            LongSupplier nanos,
            Timers timers) {
        this.file = new KvFile(config.data());
        this.values = values(file);
        this.config = new LiveConfig(config.nameServerConfig(), shown(config));
        this.routes = new RouteTable(nanos, new RemoteNotices(this.config, client, threads));
        this.expiry = new ExpiryScan(routes, timers);
    }

    private static KvConfig values(KvFile file) {
        try {
            return new KvConfig(file);
        } catch (KvStorageException damaged) {
            file.close();
            throw new StorageException(damaged.getMessage());
        } catch (StorageException unreadable) {
            file.close();
            throw unreadable;
        }
    }

    /// What tools are shown beside what they may change, by the names that Apache has for it.
    private static Map<String, String> shown(ServerConfig config) {
        return Map.of(
                "listenPort",
                Integer.toString(config.port().orElse(ServerConfig.CLASSIC_NAMESERVER_PORT)),
                "bindAddress",
                config.bind());
    }

    void addTo(RequestTable table) {
        new NameServerRequests(routes, values, config).addTo(table);
        new TopicRequests(routes, config).addTo(table);
        new KvRequests(values).addTo(table);
        new ConfigRequests(config).addTo(table);
    }

    @Override
    public CompletableFuture<Void> register(BrokerRegistration registration) {
        return switch (routes.register(registration, Optional.empty())) {
            case RegistrationOutcome.Registered registered ->
                    CompletableFuture.completedFuture(null);
            case RegistrationOutcome.Incomplete incomplete ->
                    CompletableFuture.failedFuture(new NetworkException(incomplete.detail()));
            case RegistrationOutcome.Outdated outdated ->
                    CompletableFuture.failedFuture(new NetworkException(outdated.detail()));
        };
    }

    @Override
    public CompletableFuture<Void> unregister(BrokerIdentity broker) {
        routes.unregister(broker);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<ClusterInfo> clusters() {
        return CompletableFuture.completedFuture(routes.clusters());
    }

    @Override
    public CompletableFuture<Set<String>> holders(String topic) {
        return CompletableFuture.completedFuture(
                switch (routes.route(topic)) {
                    case RouteAnswer.Known(TopicRoute route) ->
                            route.queues().stream()
                                    .map(QueueData::brokerName)
                                    .collect(Collectors.toUnmodifiableSet());
                    case RouteAnswer.Unknown unknown -> Set.of();
                });
    }

    @Override
    public String describe() {
        return "the name server of this process";
    }

    @Override
    public void close() {
        expiry.close();
        file.close();
    }
}
