package bolide.broker.registration;

import bolide.protocol.route.BrokerData;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.Timers;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a topic that came into being here on the cluster's other masters too, whatever their make,
/// so that it does not stay with the one broker that its first message happened to come to. One
/// topic after the other, in the background; whoever has the topic already is left alone. What
/// fails is logged once, until it has worked again: a broker that is passed over makes the topic on
/// first use. A topic goes out as it is when its turn comes, and not at all when it is gone by
/// then.
public final class ClusterTopics implements AutoCloseable {
    /// Most topics that wait; of more only the log is told.
    public static final int MOST_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClusterTopics.class);

    private final BrokerIdentity self;
    private final List<NameServer> nameServers;
    private final OtherMasters masters;
    private final Function<String, Optional<TopicConfig>> topics;
    private final Timers timers;
    private final Set<String> failing = ConcurrentHashMap.newKeySet(); // and said so
    private final Queue<String> waiting =
            new ArrayDeque<>(); // names, guarded by this, like the rest
    private boolean working;
    private boolean overflowing; // and said so
    private boolean closed;

    /// @param self this broker
    /// @param topics finds a topic of this broker as it is now
    public ClusterTopics(
            BrokerIdentity self,
            List<NameServer> nameServers,
            OtherMasters masters,
            Function<String, Optional<TopicConfig>> topics,
            Timers timers) {
        this.self = self;
        this.nameServers = nameServers;
        this.masters = masters;
        this.topics = topics;
        this.timers = timers;
    }

    /// Takes note of a topic that has just come into being here. Does not wait.
    public synchronized void made(TopicConfig topic) {
        if (closed) {
            return;
        }
        if (waiting.size() >= MOST_WAITING) {
            if (!overflowing) {
                LOG.warn(
                        "{} topics wait to be made in the whole cluster; topic {}, and what comes"
                                + " while that is so, stays with this broker until others use it",
                        MOST_WAITING,
                        Excerpt.of(topic.name()));
            }
            overflowing = true;
            return;
        }
        waiting.add(topic.name());
        if (!working) {
            working = true;
            timers.after(0, this::next);
        }
    }

    private void next() {
        String topic = taken();
        if (topic != null) {
            CompletableFuture.completedFuture(topic)
                    .thenCompose(this::spread)
                    .whenComplete((done, bug) -> {
                        if (bug != null) {
                            LOG.error("topic {} stays with this broker", topic, bug);
                        }
                        timers.after(0, this::next);
                    });
        }
    }

    /// @return the next topic; null when none waits
    private synchronized String taken() {
        String topic = waiting.poll();
        working = topic != null;
        overflowing &= working;
        return topic;
    }

    /// @return completed, without error, when every master has been told or could not be
    private CompletableFuture<Void> spread(String topic) {
        SortedMap<String, String> lacking = new TreeMap<>(); // addresses by name, one at a time
        CompletableFuture<?>[] asked =
                nameServers.stream()
                        .map(nameServer ->
                                logged(
                                        nameServer.describe(),
                                        nameServer
                                                .clusters()
                                                .thenCombine(
                                                        nameServer.holders(topic),
                                                        (clusters, holders) -> {
                                                            addLacking(
                                                                    lacking,
                                                                    clusters.brokers().stream(),
                                                                    holders);
                                                            return null;
                                                        })))
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(asked)
                .thenCompose(all ->
                        topics.apply(topic) // only now: it may have changed, or gone, meanwhile
                                .map(present -> create(present, addresses(lacking)))
                                .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private CompletableFuture<Void> create(TopicConfig topic, Stream<String> addresses) {
        return CompletableFuture.allOf(
                addresses
                        .map(address -> logged("broker " + address, masters.create(address, topic)))
                        .toArray(CompletableFuture[]::new));
    }

    private void addLacking(
            SortedMap<String, String> lacking, Stream<BrokerData> brokers, Set<String> holders) {
        synchronized (lacking) {
            brokers.filter(broker -> broker.cluster().equals(self.cluster()))
                    .filter(broker -> !broker.brokerName().equals(self.brokerName()))
                    .filter(broker -> broker.addresses().containsKey(BrokerData.MASTER))
                    .filter(broker -> !holders.contains(broker.brokerName()))
                    .forEach(broker ->
                            lacking.put(
                                    broker.brokerName(),
                                    broker.addresses().get(BrokerData.MASTER)));
        }
    }

    private static Stream<String> addresses(SortedMap<String, String> lacking) {
        synchronized (lacking) {
            return lacking.values().stream().distinct().toList().stream();
        }
    }

    private <T> CompletableFuture<T> logged(String whom, CompletableFuture<T> call) {
        return call.handle((result, failure) -> {
            if (failure == null) {
                failing.remove(whom);
            } else if (failing.add(whom)) {
                LOG.warn(
                        "topics that come into being here are not made in the whole cluster, as {}"
                                + " does not help: {}",
                        whom,
                        (failure instanceof CompletionException ? failure.getCause() : failure)
                                .getMessage());
            }
            return result;
        });
    }

    /// Forgets what waits.
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
    }
}
