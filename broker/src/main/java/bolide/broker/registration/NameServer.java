package bolide.broker.registration;

import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A name server, as a broker sees it: elsewhere, or in the same process.
public interface NameServer {
    /// @return completed when it has taken note; failed when it could not be told
    CompletableFuture<Void> register(BrokerRegistration registration);

    /// @return completed when it has forgotten the broker; failed when it could not be told
    CompletableFuture<Void> unregister(BrokerIdentity broker);

    /// @return all brokers that it knows; failed when it could not be asked
    CompletableFuture<ClusterInfo> clusters();

    /// @return the names of the brokers that hold the topic, as far as it knows; failed when it
    ///   could not be asked
    CompletableFuture<Set<String>> holders(String topic);

    /// @return which name server this is, for people
    String describe();
}
