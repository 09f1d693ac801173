package bolide.broker.group;

import bolide.broker.refusal.Refusal;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.route.DataVersion;
import bolide.protocol.topic.AttributeChanges;
import bolide.protocol.topic.Names;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// The consumer groups that this broker knows, and their settings; one comes into being on request
/// or when it is first used. Changes are records of the log before anybody hears of them.
public final class Groups {
    /// Most groups that come into being by being used.
    public static final int MOST_AUTO_CREATED = 100_000;

    private final StateLog stateLog;
    private final InstantSource clock;
    private final boolean autoCreate;
    private final ConcurrentHashMap<String, GroupConfig> byName = new ConcurrentHashMap<>();
    private volatile DataVersion version;

    /// @param stored the groups that the log holds
    /// @param autoCreate whether a group comes into being when it is first used
    public Groups(
            Collection<GroupConfig> stored,
            StateLog stateLog,
            InstantSource clock,
            boolean autoCreate) {
        this.autoCreate = autoCreate;
        this.stateLog = stateLog;
        this.clock = clock;
        this.version = DataVersion.NONE.next(clock.millis());
        for (GroupConfig group : stored) {
            byName.put(group.name(), group);
        }
    }

    /// @return the group as its state record has it
    public static GroupConfig decode(byte[] stored) {
        return GroupConfig.decode(ByteBuffer.wrap(stored));
    }

    /// @param settings a JSON object by the names that Apache's broker gives them; those that are
    ///   not known here stay in the log for a later version
    /// @return what the log says of that group
    public static StateChange change(String name, String settings) {
        byte[] json = settings.getBytes(StandardCharsets.UTF_8);
        return decode(json).name().equals(name)
                ? StateChange.put(StateKind.GROUP, name, json)
                : change(GroupConfig.of(name));
    }

    private static StateChange change(GroupConfig group) {
        ByteBuffer json = group.encode();
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        return StateChange.put(StateKind.GROUP, group.name(), bytes);
    }

    /// @return the group, made when it did not exist if that is wanted
    public GroupLookup use(String name) {
        GroupConfig group = byName.get(name);
        if (group != null) {
            return new GroupLookup.Usable(group);
        }
        return autoCreate ? make(name) : existing(name);
    }

    /// @return the group, when it exists
    public GroupLookup existing(String name) {
        GroupConfig group = byName.get(name);
        if (group == null) {
            String problem = Names.groupProblem(name);
            return refused(
                    Refusal.Reason.GROUP_UNKNOWN,
                    problem.isEmpty()
                            ? "consumer group "
                                    + name
                                    + " does not exist on this broker; create it with mqadmin"
                                    + " updateSubGroup"
                            : problem);
        }
        return new GroupLookup.Usable(group);
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /// @return all groups as they are now, by name
    public List<GroupConfig> all() {
        List<GroupConfig> all = new ArrayList<>(byName.values());
        all.sort(Comparator.comparing(GroupConfig::name));
        return all;
    }

    /// @return moves with every change
    public DataVersion version() {
        return version;
    }

    /// @return whether the group's members are to be told when they become more or less
    public boolean notifiesChanges(String name) {
        GroupConfig group = byName.get(name);
        return group == null || group.notifiesChanges();
    }

    private synchronized GroupLookup make(String name) {
        String problem = Names.groupProblem(name);
        if (!problem.isEmpty()) {
            return refused(Refusal.Reason.INVALID_PARAMETER, problem);
        }
        GroupConfig present = byName.get(name);
        if (present != null) {
            return new GroupLookup.Usable(present);
        }
        if (byName.size() >= MOST_AUTO_CREATED) {
            return refused(
                    Refusal.Reason.GROUP_UNKNOWN,
                    "consumer group "
                            + name
                            + " is not made on first use: this broker has "
                            + byName.size()
                            + " groups already");
        }
        GroupConfig group = GroupConfig.of(name);
        try {
            store(group);
        } catch (StoreRefusal full) {
            return refused(
                    Refusal.Reason.STORE_UNAVAILABLE,
                    "a new consumer group cannot be noted: " + full.getMessage());
        }
        return new GroupLookup.Usable(group);
    }

    /// Makes the groups, or changes them: all, or none when one of them cannot be.
    ///
    /// @param groups their attributes are changes of those they have
    /// @param done takes what is completed when the changes are as safe as the flush policy asks
    /// @return why it is not done
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more; groups before the
    ///   one that it did not take are as they are to be
    public synchronized Optional<Refusal> put(
            List<GroupConfig> groups, List<CompletableFuture<Void>> done) {
        for (GroupConfig group : groups) {
            String problem = GroupRules.problem(group);
            if (!problem.isEmpty()) {
                return Optional.of(Refusal.of(Refusal.Reason.INVALID_PARAMETER, problem));
            }
        }
        for (GroupConfig group : groups) {
            GroupConfig present = byName.get(group.name());
            Map<String, String> attributes = present == null ? Map.of() : present.attributes();
            AttributeChanges changes = AttributeChanges.ofSigned(group.attributes());
            done.add(store(group.withAttributes(changes.applyTo(attributes))));
        }
        return Optional.empty();
    }

    /// Forgets the group, if there is one.
    ///
    /// @param related further changes that have to hold together with this one
    /// @return completed when the change is as safe as the flush policy asks
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more: the group stays
    public synchronized CompletableFuture<Void> delete(String name, List<StateChange> related) {
        List<StateChange> changes = new ArrayList<>(related);
        if (byName.containsKey(name)) {
            changes.add(StateChange.remove(StateKind.GROUP, name));
        }
        if (changes.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> safe = stateLog.write(changes);
        byName.remove(name);
        version = version.next(clock.millis());
        return safe;
    }

    private CompletableFuture<Void> store(GroupConfig group) {
        CompletableFuture<Void> safe = stateLog.write(List.of(change(group)));
        byName.put(group.name(), group);
        version = version.next(clock.millis());
        return safe;
    }

    private static GroupLookup refused(Refusal.Reason reason, String detail) {
        return new GroupLookup.Refused(Refusal.of(reason, detail));
    }
}
