package bolide.broker.group;

import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicDefaults;
import bolide.broker.topic.Topics;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.InlineHandler;
import bolide.remoting.Reply;
import bolide.store.commitlog.StoreRefusal;
import java.util.Optional;

/// Takes clients' signs of life; makes what a consumer group needs before it can begin.
public final class HeartbeatHandler implements InlineHandler<Heartbeat, Optional<Refusal>> {
    private final Members members;
    private final Groups groups;
    private final Topics topics;
    private final TopicDefaults defaults;

    public HeartbeatHandler(Members members, Groups groups, Topics topics, TopicDefaults defaults) {
        this.members = members;
        this.groups = groups;
        this.topics = topics;
        this.defaults = defaults;
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
        Optional<Refusal> refusal = prepare(heartbeat);
        if (refusal.isEmpty()) {
            members.heartbeat(heartbeat, reply.caller().connection());
        }
        reply.send(refusal);
    }

    /// Notes the groups, and the topics of their retries, that are new.
    private Optional<Refusal> prepare(Heartbeat heartbeat) {
        try {
            for (ConsumerData consumer : heartbeat.consumers()) {
                if (groups.use(consumer.group()) instanceof GroupLookup.Refused refused) {
                    return Optional.of(refused.refusal());
                }
                String retryTopic = Names.RETRY_PREFIX + consumer.group();
                topics.ensure(TopicConfig.of(retryTopic, defaults.retryQueues()));
            }
            return Optional.empty();
        } catch (StoreRefusal full) {
            return Optional.of(
                    Refusal.of(
                            Refusal.Reason.STORE_UNAVAILABLE,
                            "a new consumer group cannot be noted: " + full.getMessage()));
        }
    }
}
