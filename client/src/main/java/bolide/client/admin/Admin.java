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
import bolide.protocol.route.BrokerData;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.NetworkException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Looks at topics and groups, and creates topics. For any thread; every method waits for its
 * answer, and throws {@link BrokerException} when a server refuses, {@link NetworkException} when
 * none answers, and {@link bolide.client.route.NoRouteException} when a topic is not to be found.
 */
public final class Admin {
    private final NameServers nameServers;
    private final BrokerCalls calls;
    private final RouteCache routes;
    private final QueueOffsets offsets;

    public Admin(
            NameServers nameServers, BrokerCalls calls, RouteCache routes, QueueOffsets offsets) {
        this.nameServers = nameServers;
        this.calls = calls;
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
        List<BrokerData> known = brokers();
        List<String> masters =
                known.stream()
                        .filter(broker -> broker.cluster().equals(cluster))
                        .flatMap(broker -> masterOf(broker).stream())
                        .sorted()
                        .toList();
        if (masters.isEmpty()) {
            throw new IllegalArgumentException(
                    "cluster " + cluster + " has no master; known are " + clusterNames(known));
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
        await(calls.ask("creation of topic " + topic.name(), broker, request));
    }

    /**
     * @return all brokers that a name server knows, sorted by name
     */
    public List<BrokerData> brokers() {
        Frame answer =
                await(
                        nameServers.ask(
                                Frame.request(RequestCode.GET_BROKER_CLUSTER_INFO, Fields.NONE)));
        if (answer.code() != ResponseCode.SUCCESS) {
            throw new BrokerException("the list of brokers", nameServers.toString(), answer);
        }
        return ClusterInfo.decode(answer.body()).brokers().stream()
                .sorted(Comparator.comparing(BrokerData::brokerName))
                .toList();
    }

    /**
     * @return the topic's route as the name servers know it now
     */
    public Route route(String topic) {
        return await(routes.refresh(topic));
    }

    /**
     * @return the first readable offset
     */
    public long minOffset(MessageQueue queue) {
        return await(offsets.min(queue));
    }

    /**
     * @return one past the last readable offset
     */
    public long maxOffset(MessageQueue queue) {
        return await(offsets.max(queue));
    }

    /**
     * @return the first offset the group has not consumed; none when it has never been there
     */
    public OptionalLong committedOffset(String group, MessageQueue queue) {
        return await(offsets.committed(group, queue));
    }

    private static Optional<String> masterOf(BrokerData broker) {
        return Optional.ofNullable(broker.addresses().get(BrokerData.MASTER));
    }

    private static SortedSet<String> clusterNames(List<BrokerData> known) {
        SortedSet<String> names = new TreeSet<>();
        known.forEach(broker -> names.add(broker.cluster()));
        return names;
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
