package bolide.broker.group;

import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.ProducerTable.Producer;
import bolide.protocol.group.UnregisterClient;
import bolide.remoting.Caller;
import bolide.remoting.Connection;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// Who is online of each producer group, by connection: from a client's first heartbeat until it
/// says farewell, its connection closes or it has been silent for too long. Nothing of it outlives
/// the process.
///
/// Guarded by itself; its methods are short and never wait.
public final class Producers {
    private record Seen(Producer producer, long nanos) {}

    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Map<String, Map<Connection, Seen>> groups = new HashMap<>();

    public Producers(InstantSource clock, LongSupplier nanoClock) {
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /// Takes note of a sign of life.
    public synchronized void heartbeat(Heartbeat heartbeat, Caller caller) {
        if (heartbeat.producerGroups().isEmpty()) {
            return;
        }
        Producer producer = new Producer(Clients.of(heartbeat, caller), clock.millis());
        Seen seen = new Seen(producer, nanoClock.getAsLong());
        for (String group : heartbeat.producerGroups()) {
            groups.computeIfAbsent(group, name -> new LinkedHashMap<>())
                    .put(caller.connection(), seen);
        }
    }

    public synchronized void unregister(UnregisterClient farewell, Connection connection) {
        forget(farewell.producerGroup(), connection);
    }

    /// The connection is gone, and its client with it.
    public synchronized void closed(Connection connection) {
        for (String group : List.copyOf(groups.keySet())) {
            forget(group, connection);
        }
    }

    private void forget(String group, Connection connection) {
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
        for (Map<Connection, Seen> producers : groups.values()) {
            producers
                    .entrySet()
                    .removeIf(
                            seen -> seen.getValue().nanos() < oldest && seen.getKey().isReading());
        }
        groups.values().removeIf(Map::isEmpty);
    }

    /// @return who produces for the group; none when nobody is online
    public synchronized List<Producer> of(String group) {
        return groups.getOrDefault(group, Map.of()).values().stream().map(Seen::producer).toList();
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
