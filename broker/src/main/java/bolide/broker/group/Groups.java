package bolide.broker.group;

import bolide.broker.refusal.Refusal;
import bolide.protocol.topic.Names;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateLog;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The consumer groups that this broker knows; one comes into being when it is first used.
public final class Groups {
    /// Most groups that come into being by being used.
    public static final int MOST_AUTO_CREATED = 100_000;

    private final StateLog stateLog;
    private final ConcurrentHashMap<String, Group> byName = new ConcurrentHashMap<>();

    /// @param stored the groups that the log holds
    public Groups(Collection<Group> stored, StateLog stateLog) {
        this.stateLog = stateLog;
        for (Group group : stored) {
            byName.put(group.name(), group);
        }
    }

    /// @return the group, made when it did not exist
    public GroupLookup use(String name) {
        Group group = byName.get(name);
        return group == null ? make(name) : new GroupLookup.Usable(group);
    }

    /// @return the group, when it exists
    public GroupLookup existing(String name) {
        Group group = byName.get(name);
        if (group == null) {
            String problem = Names.groupProblem(name);
            return refused(
                    Refusal.Reason.GROUP_UNKNOWN,
                    problem.isEmpty()
                            ? "consumer group " + name + " does not exist on this broker"
                            : problem);
        }
        return new GroupLookup.Usable(group);
    }

    private synchronized GroupLookup make(String name) {
        String problem = Names.groupProblem(name);
        if (!problem.isEmpty()) {
            return refused(Refusal.Reason.INVALID_PARAMETER, problem);
        }
        Group present = byName.get(name);
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
        Group group = Group.of(name);
        stateLog.write(List.of(StateChange.put(StateKind.GROUP, name, group.encode())));
        byName.put(name, group);
        return new GroupLookup.Usable(group);
    }

    private static GroupLookup refused(Refusal.Reason reason, String detail) {
        return new GroupLookup.Refused(Refusal.of(reason, detail));
    }
}
