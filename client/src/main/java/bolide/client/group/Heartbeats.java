package bolide.client.group;

import bolide.client.route.BrokerCalls;
import bolide.client.route.Failures;
import bolide.client.route.Route;
import bolide.client.route.RouteCache;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.UnregisterClient;
import bolide.remoting.Answer;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import bolide.remoting.Timers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the brokers in use which groups this client is a member of: every 30 seconds, and at once
 * when there is news. For any thread; what it sends to a broker leaves in the order of the calls,
 * so that no late heartbeat undoes a farewell.
 */
public final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
    private static final long PERIOD_MILLIS = 30_000;

    /**
     * A consumer group as this client takes part in it.
     *
     * @param data what is said of it
     * @param membersChanged run on a network thread when a broker says that members came or went
     */
    private record Membership(ConsumerData data, Runnable membersChanged) {}

    private final String clientId;
    private final BrokerCalls brokers;
    private final RouteCache routes;
    private final Timers timers;
    // The rest is guarded by this.
    private final SortedSet<String> producers = new TreeSet<>();
    private final SortedMap<String, Membership> consumers = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> greetings = new HashMap<>(); // with the
    // groups of now, sent and perhaps arrived, by address
    private final Set<String> told = new HashSet<>(); // addresses that know of this client
    private final Set<String> silent = new HashSet<>(); // addresses that do not answer
    private boolean closed;

    public Heartbeats(String clientId, BrokerCalls brokers, RouteCache routes, Timers timers) {
        this.clientId = clientId;
        this.brokers = brokers;
        this.routes = routes;
        this.timers = timers;
        routes.watch(this::greetAll);
        timers.after(PERIOD_MILLIS, this::beat);
    }

    /** Adds what brokers tell of groups to the requests that this side serves. */
    public void addTo(RequestTable table) {
        table.inline(
                RequestCode.NOTIFY_CONSUMER_IDS_CHANGED,
                ConsumerIds::groupOf,
                this::membersChanged,
                Function.<Answer>identity());
    }

    /**
     * @throws IllegalStateException when this client has a producer in that group already
     */
    public synchronized void joinProducers(String group) {
        if (!producers.add(group)) {
            throw new IllegalStateException(
                    "this client has a producer in group " + group + " already; share it");
        }
        greetAgain();
    }

    /**
     * @param membersChanged run on a network thread whenever members came or went
     * @throws IllegalStateException when this client has a consumer in that group already
     */
    public synchronized void joinConsumers(ConsumerData data, Runnable membersChanged) {
        if (consumers.putIfAbsent(data.group(), new Membership(data, membersChanged)) != null) {
            throw new IllegalStateException(
                    "this client has a consumer in group "
                            + data.group()
                            + " already; members are clients");
        }
        greetAgain();
    }

    /**
     * @return done when all brokers have been told, or could not be
     */
    public synchronized CompletableFuture<Void> leaveProducers(String group) {
        return producers.remove(group)
                ? sayGoodBye(new UnregisterClient(clientId, group, ""))
                : CompletableFuture.completedFuture(null);
    }

    /**
     * @return done when all brokers have been told, or could not be
     */
    public synchronized CompletableFuture<Void> leaveConsumers(String group) {
        return consumers.remove(group) != null
                ? sayGoodBye(new UnregisterClient(clientId, "", group))
                : CompletableFuture.completedFuture(null);
    }

    /**
     * Sees to it that the topic's brokers know this client with all its groups.
     *
     * @return done when they do, or could not be told
     */
    public synchronized CompletableFuture<Void> greet(Route route) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String address : wanted(route)) {
            all.add(greet(address));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** The connection to a broker was lost, and with it what that broker knew of this client. */
    public synchronized void lost(String address) {
        greetings.remove(address);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void membersChanged(String group, Reply<Answer> reply) {
        Membership membership;
        synchronized (this) {
            membership = consumers.get(group);
        }
        if (membership != null) {
            membership.membersChanged().run();
        }
        reply.send(Answer.ok());
    }

    private synchronized void beat() {
        if (!closed) {
            greetAgain();
            timers.after(PERIOD_MILLIS, this::beat);
        }
    }

    private void greetAgain() {
        greetings.clear();
        greet(routes.addresses(this::wanted));
    }

    private synchronized void greet(Collection<String> addresses) {
        addresses.forEach(this::greet);
    }

    private void greetAll(Route route) {
        greet(route);
    }

    /** Slaves give messages but take none. */
    private Set<String> wanted(Route route) {
        return consumers.isEmpty() ? route.masters() : route.addresses();
    }

    /**
     * Sees to it that this broker knows this client with all its groups.
     *
     * @return done when it does, or could not be told
     */
    public synchronized CompletableFuture<Void> greet(String address) {
        CompletableFuture<Void> sent = greetings.get(address);
        if (sent != null || producers.isEmpty() && consumers.isEmpty()) {
            return sent != null ? sent : CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        greetings.put(address, done);
        told.add(address);
        List<ConsumerData> data = consumers.values().stream().map(Membership::data).toList();
        Heartbeat heartbeat = new Heartbeat(clientId, List.copyOf(producers), data, 0, false);
        brokers.ask("a heartbeat", address, heartbeat.encode())
                .whenComplete((answer, failure) -> {
                    greeted(address, done, failure);
                    done.complete(null);
                });
        return done;
    }

    private synchronized void greeted(
            String address, CompletableFuture<Void> greeting, Throwable failure) {
        if (failure == null) {
            silent.remove(address);
            return;
        }
        greetings.remove(address, greeting);
        if (silent.add(address)) {
            LOG.warn("no heartbeat to {}: {}", address, Failures.cause(failure).getMessage());
        }
    }

    private CompletableFuture<Void> sayGoodBye(UnregisterClient goodBye) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String address : told) {
            all.add(
                    brokers.ask("a farewell", address, goodBye.encode())
                            .handle((answer, failure) -> {
                                if (failure != null) {
                                    LOG.debug("no farewell to {}", address, failure);
                                }
                                return null;
                            }));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }
}
