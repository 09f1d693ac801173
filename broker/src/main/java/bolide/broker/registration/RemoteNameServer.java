package bolide.broker.registration;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.remoting.NetworkException;
import bolide.remoting.RemotingClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// A name server in another process.
public final class RemoteNameServer implements NameServer {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final RemotingClient client;
    private final String address;

    /// @param address `host:port`
    public RemoteNameServer(RemotingClient client, String address) {
        this.client = client;
        this.address = address;
    }

    @Override
    public CompletableFuture<Void> register(BrokerRegistration registration) {
        return send(registration.encode());
    }

    @Override
    public CompletableFuture<Void> unregister(BrokerIdentity broker) {
        return send(Frame.request(RequestCode.UNREGISTER_BROKER, broker.encode().build()));
    }

    @Override
    public CompletableFuture<ClusterInfo> clusters() {
        Frame request = Frame.request(RequestCode.GET_BROKER_CLUSTER_INFO, Fields.NONE);
        return client.request(address, request, TIMEOUT)
                .thenApply(response -> {
                    check(response);
                    return ClusterInfo.decode(response.body());
                });
    }

    @Override
    public CompletableFuture<Set<String>> holders(String topic) {
        return client.request(address, TopicRoute.request(topic), TIMEOUT)
                .thenApply(response -> {
                    if (response.code() == ResponseCode.TOPIC_NOT_EXIST) {
                        return Set.of();
                    }
                    check(response);
                    return TopicRoute.decode(response.body()).queues().stream()
                            .map(QueueData::brokerName)
                            .collect(Collectors.toUnmodifiableSet());
                });
    }

    @Override
    public String describe() {
        return "name server " + address;
    }

    private CompletableFuture<Void> send(Frame request) {
        return client.request(address, request, TIMEOUT).thenAccept(this::check);
    }

    private void check(Frame response) {
        if (response.code() != ResponseCode.SUCCESS) {
            throw new NetworkException(
                    describe() + " answered " + response.code() + ": " + response.remark());
        }
    }
}
