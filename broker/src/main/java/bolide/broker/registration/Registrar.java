package bolide.broker.registration;

import bolide.broker.topic.Topics;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.DataVersion;
import bolide.remoting.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the name servers informed of this broker and its topics: at the start, with every change,
/// and every 30 seconds.
public final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final BrokerIdentity identity;
    private final Topics topics;
    private final List<NameServer> nameServers;
    private final List<Reports> reports;
    private final Timers timers;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;

    public Registrar(
            BrokerIdentity identity, Topics topics, List<NameServer> nameServers, Timers timers) {
        this.identity = identity;
        this.topics = topics;
        this.nameServers = nameServers;
        this.reports =
                nameServers.stream()
                        .map(nameServer -> new Reports(() -> report(nameServer)))
                        .toList();
        this.timers = timers;
    }

    /// Registers, and goes on doing so.
    ///
    /// @return completed, without error, when each name server has been told or could not be
    public CompletableFuture<Void> start() {
        topics.onChange(this::changed);
        timers.every(PERIOD.toMillis(), () -> closed, this::announce);
        return announce();
    }

    /// Many changes in a row are told together.
    private void changed() {
        if (!closed && scheduled.compareAndSet(false, true)) {
            timers.after(
                    0,
                    () -> {
                        scheduled.set(false);
                        announce();
                    });
        }
    }

    /// Tells every name server; one report after the other, so that none arrives after a later one.
    ///
    /// @return completed, without error, when each has been told of what holds now or could not be
    public CompletableFuture<Void> announce() {
        return CompletableFuture.allOf(
                reports.stream().map(Reports::send).toArray(CompletableFuture[]::new));
    }

    private synchronized CompletableFuture<Void> report(NameServer nameServer) {
        if (closed) { // a report after the farewell would bring clients back
            return CompletableFuture.completedFuture(null);
        }
        DataVersion version = topics.version(); // first: a version must never promise too much
        return logged(
                nameServer,
                nameServer.register(
                        new BrokerRegistration(identity, "", 0, version, topics.permitted())));
    }

    /// Says farewell to every name server.
    ///
    /// @return completed, without error, when each has been told or could not be
    public synchronized CompletableFuture<Void> close() {
        closed = true;
        return CompletableFuture.allOf(
                nameServers.stream()
                        .map(nameServer -> logged(nameServer, nameServer.unregister(identity)))
                        .toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> logged(
            NameServer nameServer, CompletableFuture<Void> call) {
        return call.exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            LOG.warn("cannot reach {}: {}", nameServer.describe(), cause.getMessage());
            return null;
        });
    }
}
