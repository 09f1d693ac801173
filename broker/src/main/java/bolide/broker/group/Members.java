package bolide.broker.group;

import bolide.protocol.frame.Frame;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.group.UnregisterClient;
import bolide.remoting.Connection;
import bolide.remoting.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/// Who is online: the members of each consumer group and of each producer group, by connection.
/// When a consumer group changes, its members are told to divide the queues up again.
///
/// Guarded by itself; its methods are short and never wait.
public final class Members {
    /// A client that has said nothing for so long is gone.
    public static final Duration EXPIRY = Duration.ofSeconds(120);

    private final LongSupplier nanoClock;
    private final Map<String, Map<Connection, Member>> consumers = new HashMap<>();
    private final Map<String, Map<Connection, Long>> producers = new HashMap<>(); // seen, nanos

    public Members(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /// Takes note of a sign of life.
    public synchronized void heartbeat(Heartbeat heartbeat, Connection connection) {
        long now = nanoClock.getAsLong();
        for (String group : heartbeat.producerGroups()) {
            producers.computeIfAbsent(group, name -> new HashMap<>()).put(connection, now);
        }
        for (ConsumerData data : heartbeat.consumers()) {
            Member member = new Member(heartbeat.clientId(), connection, data, now);
            Map<Connection, Member> members =
                    consumers.computeIfAbsent(data.group(), name -> new LinkedHashMap<>());
            Member before = members.put(connection, member);
            if (before == null || !before.saysTheSameAs(member)) {
                notifyChanged(data.group());
            }
        }
    }

    public synchronized void unregister(UnregisterClient farewell, Connection connection) {
        if (!farewell.producerGroup().isEmpty()) {
            forget(producers, farewell.producerGroup(), connection);
        }
        if (!farewell.consumerGroup().isEmpty()
                && forget(consumers, farewell.consumerGroup(), connection)) {
            notifyChanged(farewell.consumerGroup());
        }
    }

    /// The connection is gone, and its client with it.
    public synchronized void closed(Connection connection) {
        for (String group : List.copyOf(producers.keySet())) {
            forget(producers, group, connection);
        }
        for (String group : List.copyOf(consumers.keySet())) {
            if (forget(consumers, group, connection)) {
                notifyChanged(group);
            }
        }
    }

    /// Forgets clients that have been silent for too long, unless it is this side that does not
    /// listen.
    public synchronized void expire() {
        long oldest = nanoClock.getAsLong() - EXPIRY.toNanos();
        for (String group : List.copyOf(producers.keySet())) {
            producers
                    .get(group)
                    .entrySet()
                    .removeIf(seen -> seen.getValue() < oldest && seen.getKey().isReading());
            producers.computeIfPresent(group, (name, left) -> left.isEmpty() ? null : left);
        }
        for (String group : List.copyOf(consumers.keySet())) {
            boolean removed =
                    consumers
                            .get(group)
                            .values()
                            .removeIf(member ->
                                    member.seenNanos() < oldest && member.connection().isReading());
            consumers.computeIfPresent(group, (name, left) -> left.isEmpty() ? null : left);
            if (removed) {
                notifyChanged(group);
            }
        }
    }

    /// @return the ids of the group's members, sorted; none when nobody is online
    public synchronized List<String> clientIds(String group) {
        Collection<Member> members = consumers.getOrDefault(group, Map.of()).values();
        TreeSet<String> ids = new TreeSet<>();
        members.forEach(member -> ids.add(member.clientId()));
        return new ArrayList<>(ids);
    }

    /// @return what the client behind the connection wants of the topic; when it has not said so,
    ///   what another member of its group does
    public synchronized Optional<Subscription> subscription(
            String group, String topic, Connection connection) {
        Map<Connection, Member> members = consumers.getOrDefault(group, Map.of());
        Member own = members.get(connection);
        if (own != null && own.subscription(topic).isPresent()) {
            return own.subscription(topic);
        }
        for (Member member : members.values()) {
            Optional<Subscription> subscription = member.subscription(topic);
            if (subscription.isPresent()) {
                return subscription;
            }
        }
        return Optional.empty();
    }

    private static <V> boolean forget(
            Map<String, Map<Connection, V>> groups, String group, Connection connection) {
        Map<Connection, V> members = groups.get(group);
        boolean removed = members != null && members.remove(connection) != null;
        if (removed && members.isEmpty()) {
            groups.remove(group);
        }
        return removed;
    }

    private void notifyChanged(String group) {
        Frame news = ConsumerIds.changed(group);
        for (Connection connection : consumers.getOrDefault(group, Map.of()).keySet()) {
            connection.send(news, Payload.empty());
        }
    }
}
