package bolide.broker.group;

import bolide.store.state.OffsetKey;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What links a consumer group to a topic of this broker: that it has subscribed to it, which is
/// known while nobody is online, too, and that an operator does not let it read it. Such a link
/// ends with the group or the topic. Guarded by itself.
public final class GroupTopics {
    /// Most links that come into being by a client's word; further subscriptions are served, but
    /// not listed while nobody is online.
    public static final int MOST_NOTED = 200_000;

    private static final byte SUBSCRIBED = 1;
    private static final byte FORBIDDEN = 2;
    private static final int LINKS_PER_RECORD = 32; // fits into the smallest segment

    /// A link by the names at its ends.
    public record Link(String group, String topic) {
        /// @return empty when the text is no key of such a link
        static Optional<Link> of(String key) {
            int at = key.indexOf(OffsetKey.SEPARATOR);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(new Link(key.substring(0, at), key.substring(at + 1)));
        }

        private String key() {
            return group + OffsetKey.SEPARATOR + topic;
        }
    }

    private final StateLog stateLog;
    private final Predicate<Link> haveEnds;
    private final Map<String, SortedMap<String, Byte>> byGroup = new HashMap<>(); // then by topic
    private final Set<Link> forbidden = ConcurrentHashMap.newKeySet(); // for those who read
    private int size;

    /// @param stored the links that the log holds, by key
    /// @param haveEnds whether both, group and topic, are there; must not wait
    public GroupTopics(Map<String, Byte> stored, StateLog stateLog, Predicate<Link> haveEnds) {
        this.stateLog = stateLog;
        this.haveEnds = haveEnds;
        stored.forEach((key, flags) -> Link.of(key).ifPresent(link -> put(link, flags)));
    }

    /// @return the link's flags as a state record has them
    public static byte decode(byte[] stored) {
        return stored.length == 0 ? 0 : stored[0];
    }

    /// @return what the log says of a group that may not read a topic
    public static StateChange forbidding(Link link) {
        return StateChange.put(StateKind.GROUP_TOPIC, link.key(), new byte[] {FORBIDDEN});
    }

    /// @return what the flags say, for people
    public static String describe(byte flags) {
        return ((flags & SUBSCRIBED) == 0 ? "not subscribed" : "subscribed")
                + ((flags & FORBIDDEN) == 0 ? "" : ", may not read");
    }

    /// @return whether no operator has forbidden it
    public boolean mayRead(String group, String topic) {
        return forbidden.isEmpty() || !forbidden.contains(new Link(group, topic));
    }

    /// Takes note of what a group has subscribed to; of what is known already, and of what is not
    /// there, there is none.
    ///
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more
    public synchronized void subscribed(String group, Collection<String> topics) {
        List<Link> links = new ArrayList<>();
        for (String topic : topics) {
            Link link = new Link(group, topic);
            boolean isNew = (flags(link) & SUBSCRIBED) == 0;
            if (isNew && haveEnds.test(link) && size + links.size() < MOST_NOTED) {
                links.add(link); // neither end can go while this object is locked
            }
        }
        for (int from = 0; from < links.size(); from += LINKS_PER_RECORD) {
            int to = Math.min(links.size(), from + LINKS_PER_RECORD);
            store(links.subList(from, to), SUBSCRIBED, (byte) 0);
        }
    }

    /// Lets the group read the topic, or not; where one of them is gone meanwhile, nothing is
    /// noted.
    ///
    /// @return completed when that is as safe as the flush policy asks
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more
    public synchronized CompletableFuture<Void> setReadable(Link link, boolean readable) {
        if (readable == ((flags(link) & FORBIDDEN) == 0) || !haveEnds.test(link)) {
            return CompletableFuture.completedFuture(null);
        }
        return readable
                ? store(List.of(link), (byte) 0, FORBIDDEN)
                : store(List.of(link), FORBIDDEN, (byte) 0);
    }

    /// @return the topics that the group has subscribed to
    public synchronized SortedSet<String> topicsOf(String group) {
        SortedSet<String> topics = new TreeSet<>();
        byGroup.getOrDefault(group, Collections.emptySortedMap())
                .forEach((topic, flags) -> {
                    if ((flags & SUBSCRIBED) != 0) {
                        topics.add(topic);
                    }
                });
        return topics;
    }

    /// @return the groups that have subscribed to the topic
    public synchronized SortedSet<String> groupsOf(String topic) {
        SortedSet<String> groups = new TreeSet<>();
        byGroup.forEach((group, topics) -> {
            if ((topics.getOrDefault(topic, (byte) 0) & SUBSCRIBED) != 0) {
                groups.add(group);
            }
        });
        return groups;
    }

    /// @return by group the topics that it may not read
    public synchronized SortedMap<String, SortedSet<String>> forbidden() {
        SortedMap<String, SortedSet<String>> topics = new TreeMap<>();
        for (Link link : forbidden) {
            topics.computeIfAbsent(link.group(), group -> new TreeSet<>()).add(link.topic());
        }
        return topics;
    }

    /// Ends the links of a topic, together with it. Of very many links all but some end before: one
    /// record cannot hold them. They have ended also when the deletion is refused.
    ///
    /// @param deletion writes the changes it is given as part of the deletion; tells whether it did
    public synchronized boolean forgetTopic(String topic, Predicate<List<StateChange>> deletion) {
        List<Link> links = new ArrayList<>();
        byGroup.forEach((group, topics) -> {
            if (topics.containsKey(topic)) {
                links.add(new Link(group, topic));
            }
        });
        return forget(links, deletion);
    }

    /// Ends the links of a group, likewise.
    ///
    /// @param deletion writes the changes it is given as part of the deletion; tells whether it did
    public synchronized boolean forgetGroup(String group, Predicate<List<StateChange>> deletion) {
        List<Link> links =
                byGroup.getOrDefault(group, Collections.emptySortedMap()).keySet().stream()
                        .map(topic -> new Link(group, topic))
                        .toList();
        return forget(links, deletion);
    }

    private boolean forget(List<Link> links, Predicate<List<StateChange>> deletion) {
        int from = 0;
        for (; links.size() - from > LINKS_PER_RECORD; from += LINKS_PER_RECORD) {
            List<Link> ahead = links.subList(from, from + LINKS_PER_RECORD);
            stateLog.write(removals(ahead));
            ahead.forEach(link -> put(link, (byte) 0));
        }
        List<Link> rest = links.subList(from, links.size());
        boolean done = deletion.test(removals(rest));
        if (done) {
            rest.forEach(link -> put(link, (byte) 0));
        }
        return done;
    }

    private static List<StateChange> removals(List<Link> links) {
        return links.stream()
                .map(link -> StateChange.remove(StateKind.GROUP_TOPIC, link.key()))
                .toList();
    }

    private CompletableFuture<Void> store(List<Link> links, byte more, byte less) {
        List<StateChange> changes = new ArrayList<>();
        for (Link link : links) {
            byte flags = changed(link, more, less);
            changes.add(
                    flags == 0
                            ? StateChange.remove(StateKind.GROUP_TOPIC, link.key())
                            : StateChange.put(
                                    StateKind.GROUP_TOPIC, link.key(), new byte[] {flags}));
        }
        CompletableFuture<Void> safe = stateLog.write(changes);
        links.forEach(link -> put(link, changed(link, more, less)));
        return safe;
    }

    private byte changed(Link link, byte more, byte less) {
        return (byte) ((flags(link) | more) & ~less);
    }

    private byte flags(Link link) {
        return byGroup.getOrDefault(link.group(), Collections.emptySortedMap())
                .getOrDefault(link.topic(), (byte) 0);
    }

    private void put(Link link, byte flags) {
        SortedMap<String, Byte> topics =
                byGroup.computeIfAbsent(link.group(), group -> new TreeMap<>());
        Byte before = flags == 0 ? topics.remove(link.topic()) : topics.put(link.topic(), flags);
        size += (flags == 0 ? 0 : 1) - (before == null ? 0 : 1);
        if (topics.isEmpty()) {
            byGroup.remove(link.group());
        }
        if ((flags & FORBIDDEN) != 0) {
            forbidden.add(link);
        } else {
            forbidden.remove(link);
        }
    }
}
