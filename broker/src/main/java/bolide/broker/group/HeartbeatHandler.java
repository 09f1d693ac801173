package bolide.broker.group;

import bolide.broker.refusal.Refusal;
import bolide.broker.topic.Topics;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.InlineHandler;
import bolide.remoting.Reply;
import bolide.store.commitlog.StoreRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes clients' signs of life; makes what a consumer group needs before it can begin. A group
/// that is refused keeps nobody from what else the client takes part in.
public final class HeartbeatHandler implements InlineHandler<Heartbeat, Optional<Refusal>> {
    /// Most groups of either kind that are taken from one heartbeat: of more the first.
    static final int MOST_GROUPS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatHandler.class);

    private final Members members;
    private final Producers producers;
    private final Groups groups;
    private final GroupTopics groupTopics;
    private final Topics topics;
    private volatile boolean isLogFull; // said so already

    public HeartbeatHandler(
            Members members,
            Producers producers,
            Groups groups,
            GroupTopics groupTopics,
            Topics topics) {
        this.members = members;
        this.producers = producers;
        this.groups = groups;
        this.groupTopics = groupTopics;
        this.topics = topics;
    }

    @Override
    public void handle(Heartbeat heartbeat, Reply<Optional<Refusal>> reply) {
        if (heartbeat.clientId().isEmpty()) {
            reply.send(
                    Optional.of(
                            Refusal.of(
                                    Refusal.Reason.INVALID_PARAMETER,
                                    "heartbeat names no clientID")));
            return;
        }
        List<ConsumerData> usable = new ArrayList<>();
        Optional<Refusal> firstRefusal = tooMany(heartbeat);
        List<ConsumerData> consumers = heartbeat.consumers();
        for (ConsumerData consumer :
                consumers.subList(0, Math.min(consumers.size(), MOST_GROUPS))) {
            Optional<Refusal> refusal = prepare(consumer);
            if (refusal.isEmpty()) {
                usable.add(consumer);
            } else if (firstRefusal.isEmpty()) {
                firstRefusal = refusal;
            }
        }
        producers.heartbeat(heartbeat, reply.caller());
        members.heartbeat(heartbeat.withConsumers(usable), reply.caller());
        reply.send(firstRefusal);
    }

    private static Optional<Refusal> tooMany(Heartbeat heartbeat) {
        int groups = heartbeat.consumers().size();
        return groups <= MOST_GROUPS
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Refusal.Reason.INVALID_PARAMETER,
                                "heartbeat names "
                                        + groups
                                        + " consumer groups; the first "
                                        + MOST_GROUPS
                                        + " are served, so let the others join through another"
                                        + " client instance"));
    }

    /// Notes the group, the topic of its retries and what it subscribes to, where it is new.
    ///
    /// @return why the group cannot be used; empty when it can
    private Optional<Refusal> prepare(ConsumerData consumer) {
        try {
            return switch (groups.use(consumer.group())) {
                case GroupLookup.Refused refused -> Optional.of(refused.refusal());
                case GroupLookup.Usable usable -> {
                    prepare(usable.group(), consumer);
                    yield Optional.empty();
                }
            };
        } catch (StoreRefusal full) {
            return Optional.of(
                    Refusal.of(
                            Refusal.Reason.STORE_UNAVAILABLE,
                            "the topic of a consumer group's retries cannot be made: "
                                    + full.getMessage()));
        }
    }

    private void prepare(GroupConfig group, ConsumerData consumer) {
        String retryTopic = Names.RETRY_PREFIX + group.name();
        if (group.retryQueues() > 0) {
            topics.ensure(TopicConfig.of(retryTopic, group.retryQueues()));
        }
        List<String> wanted =
                consumer.subscriptions().stream()
                        .map(Subscription::topic)
                        .filter(topic -> !topic.equals(retryTopic))
                        .toList();
        note(group.name(), wanted);
    }

    /// A full disk need not keep a consumer from its messages.
    private void note(String group, List<String> wanted) {
        try {
            groupTopics.subscribed(group, wanted);
            isLogFull = false;
        } catch (StoreRefusal full) {
            if (!isLogFull) {
                LOG.warn(
                        "what consumer groups subscribe to is not noted at present, and will not be"
                                + " listed while nobody is online: {}",
                        full.getMessage());
            }
            isLogFull = true;
        }
    }
}
