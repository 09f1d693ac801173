package bolide.client.producer;

import bolide.client.group.Heartbeats;
import bolide.client.route.RouteCache;
import bolide.protocol.topic.Names;
import bolide.remoting.RemotingClient;
import bolide.remoting.Timers;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Opens a client's producers, and closes them with it. */
public final class Producers implements AutoCloseable {
    private final RemotingClient remoting;
    private final RouteCache routes;
    private final Heartbeats heartbeats;
    private final UniqueIds ids;
    private final Timers timers;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Set<Producer> open = ConcurrentHashMap.newKeySet();

    public Producers(
            RemotingClient remoting,
            RouteCache routes,
            Heartbeats heartbeats,
            UniqueIds ids,
            Timers timers,
            InstantSource clock,
            LongSupplier nanos) {
        this.remoting = remoting;
        this.routes = routes;
        this.heartbeats = heartbeats;
        this.ids = ids;
        this.timers = timers;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * @throws IllegalArgumentException when the group's name is not allowed
     * @throws IllegalStateException when this client has a producer in that group already
     */
    public Producer open(String group, ProducerSettings settings) {
        String problem = Names.groupProblem(group);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        InFlight inFlight = new InFlight(settings.maxInFlight(), settings.maxInFlightBytes());
        Sender sender =
                new Sender(
                        group,
                        settings,
                        remoting,
                        new SendRoutes(routes),
                        new QueueChoice((int) nanos.getAsLong(), nanos),
                        timers,
                        clock,
                        nanos);
        Producer producer =
                new Producer(
                        group,
                        settings,
                        sender,
                        new OneWays(remoting, inFlight, settings.timeout()),
                        inFlight,
                        ids,
                        heartbeats,
                        open::remove);
        heartbeats.joinProducers(group);
        open.add(producer);
        return producer;
    }

    @Override
    public void close() {
        open.forEach(Producer::close);
    }
}
