package bolide.broker.registration;

import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import java.util.concurrent.CompletableFuture;

/// A name server, as a broker sees it: elsewhere, or in the same process.
public interface NameServer {
    /// @return completed when it has taken note; failed when it could not be told
    CompletableFuture<Void> register(BrokerRegistration registration);

    /// @return completed when it has forgotten the broker; failed when it could not be told
    CompletableFuture<Void> unregister(BrokerIdentity broker);

    /// @return which name server this is, for people
    String describe();
}
