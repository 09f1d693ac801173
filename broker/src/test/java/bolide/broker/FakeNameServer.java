package bolide.broker;

import bolide.broker.registration.NameServer;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// A name server that keeps what it was told, or cannot be reached.
final class FakeNameServer implements NameServer {
    final List<BrokerRegistration> registrations = new CopyOnWriteArrayList<>();
    final List<BrokerIdentity> farewells = new CopyOnWriteArrayList<>();
    volatile boolean reachable = true;

    @Override
    public CompletableFuture<Void> register(BrokerRegistration registration) {
        if (!reachable) {
            return CompletableFuture.failedFuture(new IllegalStateException("unreachable"));
        }
        registrations.add(registration);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> unregister(BrokerIdentity broker) {
        farewells.add(broker);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<ClusterInfo> clusters() {
        return CompletableFuture.completedFuture(new ClusterInfo(List.of()));
    }

    @Override
    public CompletableFuture<Set<String>> holders(String topic) {
        return CompletableFuture.completedFuture(Set.of());
    }

    @Override
    public String describe() {
        return "the test's name server";
    }

    /// @return whether the last registration shows the topic
    boolean knows(String topic) {
        return registrations.get(registrations.size() - 1).topics().stream()
                .anyMatch(known -> known.name().equals(topic));
    }
}
