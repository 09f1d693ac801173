package bolide.broker.admin;

import bolide.broker.group.GroupLookup;
import bolide.broker.group.GroupTopics;
import bolide.broker.group.Groups;
import bolide.broker.offset.Offsets;
import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.group.DeleteGroups;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.GroupTopic;
import bolide.protocol.topic.Names;
import bolide.remoting.Caller;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.state.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Makes, changes and deletes consumer groups on request; answers when that is safe.
public final class GroupRequests {
    /// Whether a group may read a topic.
    public record Reading(GroupTopic of, boolean allowed) {}

    private final Groups groups;
    private final GroupTopics groupTopics;
    private final Topics topics;
    private final Offsets offsets;

    public GroupRequests(Groups groups, GroupTopics groupTopics, Topics topics, Offsets offsets) {
        this.groups = groups;
        this.groupTopics = groupTopics;
        this.topics = topics;
        this.offsets = offsets;
    }

    public Optional<Refusal> put(GroupConfig group, Caller caller) {
        return putAll(List.of(group), caller);
    }

    public Optional<Refusal> putAll(List<GroupConfig> wanted, Caller caller) {
        List<CompletableFuture<Void>> safe = new ArrayList<>();
        try {
            Optional<Refusal> refusal = groups.put(wanted, safe);
            safe.forEach(CompletableFuture::join);
            return refusal;
        } catch (StoreRefusal full) {
            return Optional.of(unavailable(full));
        }
    }

    /// Deletes groups, and what links them to topics; one that is not there is as it is to be. All
    /// names are looked at before anything is done.
    public Optional<Refusal> delete(DeleteGroups request, Caller caller) {
        for (String group : request.groups()) {
            String problem = Names.groupProblem(group);
            if (!problem.isEmpty()) {
                return Optional.of(Refusal.of(Refusal.Reason.INVALID_PARAMETER, problem));
            }
        }
        List<CompletableFuture<Void>> safe = new ArrayList<>();
        try {
            for (String group : request.groups()) {
                if (request.cleansOffsets()) {
                    offsets.forgetGroup(group, removals -> delete(group, removals, safe));
                } else {
                    delete(group, List.of(), safe);
                }
            }
            safe.forEach(CompletableFuture::join);
            return Optional.empty();
        } catch (StoreRefusal full) {
            return Optional.of(unavailable(full));
        }
    }

    private boolean delete(
            String group, List<StateChange> ofOffsets, List<CompletableFuture<Void>> safe) {
        return groupTopics.forgetGroup(
                group,
                ofTopics -> {
                    List<StateChange> related = new ArrayList<>(ofOffsets);
                    related.addAll(ofTopics);
                    safe.add(groups.delete(group, related));
                    return true;
                });
    }

    /// @return whether the group may read the topic from now on
    public Outcome<Reading> reading(GroupTopic.Reading request, Caller caller) {
        String group = request.of().group();
        String topic = request.of().topic();
        if (topics.existing(topic) instanceof TopicLookup.Refused refused) {
            return new Outcome.Refused<>(refused.refusal());
        }
        String problem = Names.groupProblem(group);
        if (!problem.isEmpty()) {
            return Outcome.refused(Refusal.Reason.INVALID_PARAMETER, problem);
        }
        if (request.readable().isPresent()
                && groups.use(group) instanceof GroupLookup.Refused refused) {
            return new Outcome.Refused<>(refused.refusal());
        }
        try {
            request.readable()
                    .ifPresent(readable ->
                            groupTopics
                                    .setReadable(new GroupTopics.Link(group, topic), readable)
                                    .join());
            return Outcome.of(new Reading(request.of(), groupTopics.mayRead(group, topic)));
        } catch (StoreRefusal full) {
            return new Outcome.Refused<>(unavailable(full));
        }
    }

    private static Refusal unavailable(StoreRefusal full) {
        return Refusal.of(Refusal.Reason.STORE_UNAVAILABLE, full.getMessage());
    }
}
