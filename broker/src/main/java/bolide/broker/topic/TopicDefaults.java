package bolide.broker.topic;

import bolide.protocol.topic.Names;
import bolide.protocol.topic.Permission;
import bolide.protocol.topic.TopicConfig;
import java.util.ArrayList;
import java.util.List;

/// Topics that are there without being made, and the layout of those made on first use.
///
/// @param cluster the broker's cluster, which is a topic too, and has one for replies
/// @param brokerName the broker, which is a topic too
/// @param autoCreate whether a topic is made when a producer first uses it
/// @param queues how many queues such a topic has at most; 1 to 1024
public record TopicDefaults(String cluster, String brokerName, boolean autoCreate, int queues) {
    private static final int CLUSTER_TOPIC_QUEUES = 16;

    List<TopicConfig> builtIn() {
        List<TopicConfig> topics = new ArrayList<>();
        topics.add(
                TopicConfig.of(cluster, CLUSTER_TOPIC_QUEUES)
                        .withPerm(Permission.READ_WRITE | Permission.INHERIT));
        topics.add(
                TopicConfig.of(brokerName, 1).withPerm(Permission.READ_WRITE | Permission.INHERIT));
        topics.add(TopicConfig.of(Names.replyTopic(cluster), 1));
        if (autoCreate) {
            topics.add(
                    TopicConfig.of(Names.AUTO_CREATE, queues)
                            .withPerm(Permission.READ_WRITE | Permission.INHERIT));
        }
        return topics;
    }

    boolean isBuiltIn(String topic) {
        return topic.equals(cluster)
                || topic.equals(brokerName)
                || topic.equals(Names.replyTopic(cluster));
    }
}
