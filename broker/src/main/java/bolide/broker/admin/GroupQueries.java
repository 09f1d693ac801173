package bolide.broker.admin;

import bolide.broker.group.GroupLookup;
import bolide.broker.group.GroupTopics;
import bolide.broker.group.Groups;
import bolide.broker.group.Members;
import bolide.broker.group.Producers;
import bolide.broker.offset.Offsets;
import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.protocol.group.ClientConnection;
import bolide.protocol.group.ConsumerConnections;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.GroupTable;
import bolide.protocol.group.GroupTopic;
import bolide.protocol.group.ProducerConnections;
import bolide.protocol.group.ProducerTable;
import bolide.protocol.group.Subscription;
import bolide.protocol.route.DataVersion;
import bolide.protocol.route.TablePage;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Caller;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Shows tools the consumer groups and producer groups of this broker, and who is online of them.
public final class GroupQueries {
    /// A part of the groups.
    ///
    /// @param total how many there are
    public record Part(GroupTable table, int total) {}

    /// What a group wants of a topic.
    ///
    /// @param wanted what the newest subscription of a member that is online says
    public record Wish(GroupTopic of, Optional<Subscription> wanted) {}

    private final Groups groups;
    private final GroupTopics groupTopics;
    private final Members members;
    private final Producers producers;
    private final Offsets offsets;

    public GroupQueries(
            Groups groups,
            GroupTopics groupTopics,
            Members members,
            Producers producers,
            Offsets offsets) {
        this.groups = groups;
        this.groupTopics = groupTopics;
        this.members = members;
        this.producers = producers;
        this.offsets = offsets;
    }

    public Part table(TablePage page, Caller caller) {
        DataVersion version = groups.version(); // first: a version must never promise too much
        List<GroupConfig> all = groups.all();
        return new Part(new GroupTable(version, page.of(all), groupTopics.forbidden()), all.size());
    }

    public Outcome<GroupConfig> config(String group, Caller caller) {
        return switch (groups.existing(group)) {
            case GroupLookup.Usable usable -> Outcome.of(usable.group());
            case GroupLookup.Refused refused -> new Outcome.Refused<>(refused.refusal());
        };
    }

    /// @return the groups that subscribe to the topic, or did before they went offline, or have
    ///   consumed of it
    public SortedSet<String> groupsOf(String topic, Caller caller) {
        SortedSet<String> names = new TreeSet<>(groupTopics.groupsOf(topic));
        names.addAll(members.groupsOf(topic));
        names.addAll(offsets.groupsOf(topic));
        return names;
    }

    /// @return the topics of a group, likewise
    public SortedSet<String> topicsOf(String group, Caller caller) {
        SortedSet<String> names = new TreeSet<>(groupTopics.topicsOf(group));
        names.addAll(members.subscriptions(group).keySet());
        names.addAll(offsets.topicsOf(group));
        return names;
    }

    public Wish subscription(GroupTopic request, Caller caller) {
        Subscription wanted = members.subscriptions(request.group()).get(request.topic());
        return new Wish(request, Optional.ofNullable(wanted));
    }

    public Outcome<ConsumerConnections> consumers(String group, Caller caller) {
        Optional<ConsumerConnections> online = members.connections(group);
        return online.isPresent()
                ? Outcome.of(online.get())
                : Outcome.refused(
                        Refusal.Reason.GROUP_OFFLINE,
                        "no consumer of group " + Excerpt.of(group) + " is online");
    }

    public Outcome<ProducerConnections> producers(String group, Caller caller) {
        List<ClientConnection> online =
                producers.of(group).stream().map(ProducerTable.Producer::client).toList();
        return online.isEmpty()
                ? Outcome.refused(
                        Refusal.Reason.NOT_FOUND,
                        "no producer of group " + Excerpt.of(group) + " is online")
                : Outcome.of(new ProducerConnections(online));
    }

    public ProducerTable allProducers() {
        return new ProducerTable(producers.all());
    }
}
