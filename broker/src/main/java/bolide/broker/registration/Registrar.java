package bolide.broker.registration;

import bolide.broker.topic.Topics;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.DataVersion;
import bolide.remoting.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
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
    private final Timers timers;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;

    public Registrar(
            BrokerIdentity identity, Topics topics, List<NameServer> nameServers, Timers timers) {
        this.identity = identity;
        this.topics = topics;
        this.nameServers = nameServers;
        this.timers = timers;
    }

    /// Registers, and goes on doing so.
    ///
    /// @return completed, without error, when each name server has been told or could not be
    public CompletableFuture<Void> start() {
        topics.onChange(this::changed);
        timers.after(PERIOD.toMillis(), this::again);
        return announce();
    }

    private void again() {
        if (!closed) {
            announce();
            timers.after(PERIOD.toMillis(), this::again);
        }
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

    /// Tells every name server now; one report after the other, so that none arrives after a later
    /// one.
    ///
    /// @return completed, without error, when each has been told or could not be
    public synchronized CompletableFuture<Void> announce() {
        if (closed) { // a report after the farewell would bring clients back
            return CompletableFuture.completedFuture(null);
        }
        DataVersion version = topics.version(); // first: a version must never promise too much
        BrokerRegistration registration =
                new BrokerRegistration(identity, "", 0, version, topics.permitted());
        return toEach(nameServer -> nameServer.register(registration));
    }

    /// Says farewell to every name server.
    ///
    /// @return completed, without error, when each has been told or could not be
    public synchronized CompletableFuture<Void> close() {
        closed = true;
        return toEach(nameServer -> nameServer.unregister(identity));
    }

    private CompletableFuture<Void> toEach(Function<NameServer, CompletableFuture<Void>> call) {
        return CompletableFuture.allOf(
                nameServers.stream()
                        .map(nameServer -> logged(nameServer, call.apply(nameServer)))
                        .toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> logged(
            NameServer nameServer, CompletableFuture<Void> call) {
        return call.exceptionally(failure -> {
            LOG.warn("cannot reach {}: {}", nameServer.describe(), failure.getMessage());
            return null;
        });
    }
}
