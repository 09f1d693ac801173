package bolide.broker.group;

import bolide.protocol.frame.Frame;
import bolide.protocol.group.ClientConnection;
import bolide.protocol.group.ConsumerConnections;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.group.UnregisterClient;
import bolide.remoting.Caller;
import bolide.remoting.Connection;
import bolide.remoting.Payload;
import bolide.remoting.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Who is online of each consumer group, by connection. When a consumer group changes, its members
/// are told to divide the queues up again.
///
/// Guarded by itself; its methods are short and never wait.
public final class Members {
    /// A client that has said nothing for so long is gone.
    public static final Duration EXPIRY = Duration.ofSeconds(120);

    private static final int FEW = 50; // more members are told of many changes in one piece
    private static final int MOST_TOLD_PER_MILLI = 5;
    private static final int SOONEST_MILLIS = 100;
    private static final int LATEST_MILLIS = 1000; // clients divide queues no more often

    private final LongSupplier nanoClock;
    private final Predicate<String> notifiesChanges;
    private final Timers timers;
    private final Set<String> soonTold = new HashSet<>(); // groups
    private final Map<String, ConsumerGroup> groups = new HashMap<>();
    private final Map<Connection, Set<String>> joined = new HashMap<>(); // groups

    /// @param notifiesChanges whether a group's members are to be told of its changes
    public Members(LongSupplier nanoClock, Predicate<String> notifiesChanges, Timers timers) {
        this.nanoClock = nanoClock;
        this.notifiesChanges = notifiesChanges;
        this.timers = timers;
    }

    /// Takes note of a sign of life.
    public synchronized void heartbeat(Heartbeat heartbeat, Caller caller) {
        long now = nanoClock.getAsLong();
        for (ConsumerData data : heartbeat.consumers()) {
            ConsumerGroup group = groups.computeIfAbsent(data.group(), name -> new ConsumerGroup());
            Optional<Member> before = group.find(caller.connection());
            joined.computeIfAbsent(caller.connection(), connection -> new HashSet<>())
                    .add(data.group());
            if (group.put(Member.of(heartbeat, caller, data, before, now))) {
                notifyChanged(data.group());
            }
        }
    }

    public synchronized void unregister(UnregisterClient farewell, Connection connection) {
        if (!farewell.consumerGroup().isEmpty()) {
            forget(farewell.consumerGroup(), connection);
        }
    }

    /// The connection is gone, and its client with it.
    public synchronized void closed(Connection connection) {
        for (String group : List.copyOf(joined.getOrDefault(connection, Set.of()))) {
            forget(group, connection);
        }
    }

    /// Forgets clients that have been silent for too long, unless it is this side that does not
    /// listen.
    public synchronized void expire() {
        long oldest = nanoClock.getAsLong() - EXPIRY.toNanos();
        for (String name : List.copyOf(groups.keySet())) {
            List<Connection> silent =
                    groups.get(name).members().stream()
                            .filter(member -> member.seenNanos() < oldest)
                            .map(Member::connection)
                            .filter(Connection::isReading)
                            .toList();
            silent.forEach(connection -> remove(name, connection));
            if (!silent.isEmpty()) {
                notifyChanged(name);
            }
        }
    }

    /// @return the ids of the group's members, sorted; none when nobody is online
    public synchronized List<String> clientIds(String group) {
        TreeSet<String> ids = new TreeSet<>();
        find(group)
                .ifPresent(found ->
                        found.members().forEach(member -> ids.add(member.client().clientId())));
        return new ArrayList<>(ids);
    }

    /// @return where each member of the group is reached, by client id
    public synchronized SortedMap<String, Connection> channels(String group) {
        SortedMap<String, Connection> channels = new TreeMap<>();
        find(group)
                .ifPresent(found ->
                        found.members()
                                .forEach(member ->
                                        channels.put(
                                                member.client().clientId(), member.connection())));
        return channels;
    }

    /// @return what the client behind the connection wants of the topic; when it has not said so,
    ///   what another member of its group does
    public synchronized Optional<Subscription> subscription(
            String group, String topic, Connection connection) {
        Optional<ConsumerGroup> found = find(group);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Subscription> own =
                found.get().find(connection).flatMap(member -> member.subscription(topic));
        if (own.isPresent()) {
            return own;
        }
        for (Member member : found.get().members()) {
            Optional<Subscription> subscription = member.subscription(topic);
            if (subscription.isPresent()) {
                return subscription;
            }
        }
        return Optional.empty();
    }

    /// @return whether the client behind the connection wants every message of its group
    public synchronized boolean isBroadcasting(String group, Connection connection) {
        return find(group)
                .flatMap(found -> found.find(connection))
                .filter(member -> member.data().messageModel().equals(ConsumerData.BROADCASTING))
                .isPresent();
    }

    /// @return who consumes for the group; empty when nobody is online
    public synchronized Optional<ConsumerConnections> connections(String group) {
        return find(group).map(Members::connections);
    }

    private static ConsumerConnections connections(ConsumerGroup group) {
        List<ClientConnection> clients = group.members().stream().map(Member::client).toList();
        ConsumerData newest = group.newest().data();
        return new ConsumerConnections(
                clients,
                newest.consumeType(),
                newest.messageModel(),
                newest.consumeFromWhere(),
                List.copyOf(group.newestSubscriptions().values()),
                group.differences());
    }

    /// @return for each topic what the newest subscription of the group's members says, by topic
    public synchronized SortedMap<String, Subscription> subscriptions(String group) {
        return find(group).map(ConsumerGroup::newestSubscriptions).orElseGet(TreeMap::new);
    }

    /// @return the groups a member of which subscribes to the topic
    public synchronized SortedSet<String> groupsOf(String topic) {
        SortedSet<String> names = new TreeSet<>();
        groups.forEach((name, group) -> {
            if (group.members().stream()
                    .anyMatch(member -> member.subscription(topic).isPresent())) {
                names.add(name);
            }
        });
        return names;
    }

    /// @return by group what its members say differently, for groups where that is new; an empty
    ///   list for those that agree again
    synchronized SortedMap<String, List<String>> newDifferences() {
        SortedMap<String, List<String>> changed = new TreeMap<>();
        groups.forEach((name, group) ->
                group.newDifferences().ifPresent(sentences -> changed.put(name, sentences)));
        return changed;
    }

    private Optional<ConsumerGroup> find(String group) {
        return Optional.ofNullable(groups.get(group));
    }

    private void forget(String name, Connection connection) {
        if (remove(name, connection)) {
            notifyChanged(name);
        }
    }

    /// @return whether it was a member
    private boolean remove(String name, Connection connection) {
        ConsumerGroup group = groups.get(name);
        if (group == null || !group.remove(connection)) {
            return false;
        }
        if (group.isEmpty()) {
            groups.remove(name);
        }
        joined.computeIfPresent(
                connection,
                (same, names) -> {
                    names.remove(name);
                    return names.isEmpty() ? null : names;
                });
        return true;
    }

    /// Tells a small group at once. When all of a large one come back at the same time, telling
    /// each of each would take longer than serving them.
    private void notifyChanged(String name) {
        int members = groups.containsKey(name) ? groups.get(name).members().size() : 0;
        if (members <= FEW) {
            tell(name);
        } else if (soonTold.add(name)) {
            int millis = Math.clamp(members / MOST_TOLD_PER_MILLI, SOONEST_MILLIS, LATEST_MILLIS);
            timers.after(millis, () -> tellNow(name));
        }
    }

    private synchronized void tellNow(String name) {
        soonTold.remove(name);
        tell(name);
    }

    private void tell(String name) {
        ConsumerGroup group = groups.get(name);
        if (group == null || !notifiesChanges.test(name)) {
            return;
        }
        Frame news = ConsumerIds.changed(name);
        for (Member member : group.members()) {
            member.connection().send(news, Payload.empty());
        }
    }
}
