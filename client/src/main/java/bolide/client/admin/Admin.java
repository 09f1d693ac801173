package bolide.client.admin;

import bolide.client.offset.QueueOffsets;
import bolide.client.route.BrokerCalls;
import bolide.client.route.BrokerException;
import bolide.client.route.NameServers;
import bolide.client.route.Route;
import bolide.client.route.RouteCache;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.NetworkException;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Looks at topics and groups, and creates topics. For any thread; every method waits for its answer,
 * and throws {@link BrokerException} when a server refuses, {@link NetworkException} when none
 * answers, and {@link bolide.client.route.NoRouteException} when a topic is not to be found.
 */
public final class Admin {
    private final NameServers nameServers;
    private final BrokerCalls brokers;
    private final RouteCache routes;
    private final QueueOffsets offsets;

    public Admin(
            NameServers nameServers,
            BrokerCalls brokers,
            RouteCache routes,
            QueueOffsets offsets) {
        this.nameServers = nameServers;
        this.brokers = brokers;
        this.routes = routes;
        this.offsets = offsets;
    }

    /**
     * Creates the topic, or changes it, on every master of a cluster, one after the other; when one
     * fails, those before it have the topic.
     *
     * @throws IllegalArgumentException when the cluster is not known or the name is not allowed
     */
    public void createTopic(TopicConfig topic, String cluster) {
        Clusters clusters = clusters();
        SortedSet<String> masters = clusters.mastersOf(cluster);
        if (masters.isEmpty()) {
            throw new IllegalArgumentException(
                    "cluster " + cluster + " has no master; known are " + clusters.names());
        }
        masters.forEach(master -> createTopicAt(topic, master));
    }

    /**
     * Creates the topic, or changes it, on one broker.
     *
     * @param broker {@code host:port}
     * @throws IllegalArgumentException when the name is not allowed
     */
    public void createTopicAt(TopicConfig topic, String broker) {
        String problem = Names.topicProblem(topic.name());
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
        Frame request = new CreateTopic(topic, Names.AUTO_CREATE).encode();
        await(brokers.ask("creation of topic " + topic.name(), broker, request));
    }

    /** @return the names of the clusters that have a master, sorted */
    public SortedSet<String> clusterNames() {
        return clusters().names();
    }

    /** @return the topic's route as the name servers know it now */
    public Route route(String topic) {
        return await(routes.refresh(topic));
    }

    /** @return the first readable offset */
    public long minOffset(MessageQueue queue) {
        return await(offsets.min(queue));
    }

    /** @return one past the last readable offset */
    public long maxOffset(MessageQueue queue) {
        return await(offsets.max(queue));
    }

    /** @return the first offset the group has not consumed; none when it has never been there */
    public OptionalLong committedOffset(String group, MessageQueue queue) {
        return await(offsets.committed(group, queue));
    }

    private Clusters clusters() {
        Frame answer =
                await(
                        nameServers.ask(
                                Frame.request(RequestCode.GET_BROKER_CLUSTER_INFO, Fields.NONE)));
        if (answer.code() != ResponseCode.SUCCESS) {
            throw new BrokerException("the list of clusters", nameServers.toString(), answer);
        }
        return Clusters.decode(answer.body());
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NetworkException("the thread was interrupted while it waited", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
