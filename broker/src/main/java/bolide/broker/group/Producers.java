package bolide.broker.group;

import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.ProducerTable.Producer;
import bolide.protocol.group.UnregisterClient;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.Names;
import bolide.remoting.Caller;
import bolide.remoting.Connection;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is online of each producer group, by connection: from a client's first heartbeat until it
/// says farewell, leaves the group out of a heartbeat, its connection closes or it has been silent
/// for too long. Nothing of it outlives the process.
///
/// Guarded by itself; its methods are short and never wait.
public final class Producers {
    private static final Logger LOG = LoggerFactory.getLogger(Producers.class);

    private record Client(String id, Set<String> groups, long seenNanos) {}

    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Map<Connection, Client> clients = new LinkedHashMap<>(); // that have groups
    private final Map<String, LinkedHashSet<Connection>> channels = new HashMap<>(); // by client
    private final Map<String, Map<Connection, Producer>> groups = new HashMap<>();
    private boolean isOverflowNoted;

    public Producers(InstantSource clock, LongSupplier nanoClock) {
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /// Takes note of a sign of life. Names that no group can have are passed over.
    public synchronized void heartbeat(Heartbeat heartbeat, Caller caller) {
        Connection connection = caller.connection();
        Set<String> named = usable(heartbeat);
        Client before = clients.get(connection);
        if (before != null) {
            before.groups().stream()
                    .filter(group -> !named.contains(group))
                    .forEach(group -> leave(group, connection));
        }
        if (before != null) {
            loseChannel(before.id(), connection);
        }
        if (named.isEmpty()) {
            clients.remove(connection);
            return;
        }
        clients.put(connection, new Client(heartbeat.clientId(), named, nanoClock.getAsLong()));
        channels.computeIfAbsent(heartbeat.clientId(), id -> new LinkedHashSet<>()).add(connection);
        Producer producer = new Producer(Clients.of(heartbeat, caller), clock.millis());
        for (String group : named) {
            groups.computeIfAbsent(group, name -> new LinkedHashMap<>()).put(connection, producer);
        }
    }

    private Set<String> usable(Heartbeat heartbeat) {
        Set<String> usable = new LinkedHashSet<>();
        for (String group : heartbeat.producerGroups()) {
            if (usable.size() == HeartbeatHandler.MOST_GROUPS) {
                noteOverflow(heartbeat);
                break;
            }
            if (Names.groupProblem(group).isEmpty()) {
                usable.add(group);
            }
        }
        return usable;
    }

    private void noteOverflow(Heartbeat heartbeat) {
        if (!isOverflowNoted) {
            LOG.warn(
                    "client {} names {} producer groups; the first {} are noted, of every client"
                            + " like that, which is not said again",
                    Excerpt.of(heartbeat.clientId()),
                    heartbeat.producerGroups().size(),
                    HeartbeatHandler.MOST_GROUPS);
        }
        isOverflowNoted = true;
    }

    public synchronized void unregister(UnregisterClient farewell, Connection connection) {
        Client client = clients.get(connection);
        if (client != null && client.groups().remove(farewell.producerGroup())) {
            leave(farewell.producerGroup(), connection);
            if (client.groups().isEmpty()) {
                clients.remove(connection);
                loseChannel(client.id(), connection);
            }
        }
    }

    /// The connection is gone, and its client with it.
    public synchronized void closed(Connection connection) {
        Client client = clients.remove(connection);
        if (client != null) {
            loseChannel(client.id(), connection);
            client.groups().forEach(group -> leave(group, connection));
        }
    }

    private void loseChannel(String clientId, Connection connection) {
        channels.computeIfPresent(
                clientId,
                (id, connections) -> {
                    connections.remove(connection);
                    return connections.isEmpty() ? null : connections;
                });
    }

    private void leave(String group, Connection connection) {
        groups.computeIfPresent(
                group,
                (name, producers) -> {
                    producers.remove(connection);
                    return producers.isEmpty() ? null : producers;
                });
    }

    /// Forgets clients that have been silent for too long, unless it is this side that does not
    /// listen.
    public synchronized void expire() {
        long oldest = nanoClock.getAsLong() - Members.EXPIRY.toNanos();
        List<Connection> silent =
                clients.entrySet().stream()
                        .filter(client -> client.getValue().seenNanos() < oldest)
                        .map(Map.Entry::getKey)
                        .filter(Connection::isReading)
                        .toList();
        silent.forEach(this::closed);
    }

    /// @return the connection of the producer with that id; of several the one it spoke on last
    public synchronized Optional<Connection> channel(String clientId) {
        return Optional.ofNullable(channels.get(clientId)).map(LinkedHashSet::getLast);
    }

    /// @return who produces for the group; none when nobody is online
    public synchronized List<Producer> of(String group) {
        return List.copyOf(groups.getOrDefault(group, Map.of()).values());
    }

    /// @return by group who produces for it
    public synchronized SortedMap<String, List<Producer>> all() {
        SortedMap<String, List<Producer>> all = new TreeMap<>();
        for (String group : groups.keySet()) {
            all.put(group, of(group));
        }
        return all;
    }
}
