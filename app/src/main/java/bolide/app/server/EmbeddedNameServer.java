package bolide.app.server;

import bolide.broker.registration.NameServer;
import bolide.nameserver.route.RegistrationOutcome;
import bolide.nameserver.route.RouteTable;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.remoting.NetworkException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The name server of this process, as its broker sees it.
final class EmbeddedNameServer implements NameServer {
    private final RouteTable routes;

    EmbeddedNameServer(RouteTable routes) {
        this.routes = routes;
    }

    @Override
    public CompletableFuture<Void> register(BrokerRegistration registration) {
        return switch (routes.register(registration, Optional.empty())) {
            case RegistrationOutcome.Registered registered ->
                    CompletableFuture.completedFuture(null);
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
    public String describe() {
        return "the name server of this process";
    }
}
