package bolide.client.consumer;

import bolide.client.group.Heartbeats;
import bolide.client.offset.QueueOffsets;
import bolide.client.route.BrokerCalls;
import bolide.client.route.RouteCache;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Subscription;
import bolide.protocol.topic.Names;
import bolide.remoting.RemotingClient;
import bolide.remoting.Timers;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** Opens a client's consumers, and closes them with it. */
public final class Consumers implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024; // of a body once inflated

    private final String clientId;
    private final RemotingClient remoting;
    private final RouteCache routes;
    private final Heartbeats heartbeats;
    private final BrokerCalls brokers;
    private final QueueOffsets offsets;
    private final Timers timers;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final BiFunction<String, Integer, ExecutorService> pools;
    private final RecordReader reader = new RecordReader(new Inflation(MAX_BODY_BYTES));
    private final Set<PushConsumer> open = ConcurrentHashMap.newKeySet();

    /**
     * @param pools makes the threads that call a group's listener: so many at most
     */
    public Consumers(
            String clientId,
            RemotingClient remoting,
            RouteCache routes,
            Heartbeats heartbeats,
            BrokerCalls brokers,
            QueueOffsets offsets,
            Timers timers,
            InstantSource clock,
            LongSupplier nanos,
            BiFunction<String, Integer, ExecutorService> pools) {
        this.clientId = clientId;
        this.remoting = remoting;
        this.routes = routes;
        this.heartbeats = heartbeats;
        this.brokers = brokers;
        this.offsets = offsets;
        this.timers = timers;
        this.clock = clock;
        this.nanos = nanos;
        this.pools = pools;
    }

    /**
     * @throws IllegalArgumentException when the group's name is not allowed
     */
    public PullConsumer pull(String group) {
        checkName(Names.groupProblem(group));
        return new PullConsumer(
                group, new Puller(group, remoting, routes, reader), offsets, routes, clock);
    }

    /**
     * @throws IllegalArgumentException when the group's name is not allowed
     */
    public PushConsumerBuilder push(String group) {
        checkName(Names.groupProblem(group));
        return new PushConsumerBuilder((what, listener) -> {
            PushConsumer consumer = assemble(group, what, listener);
            CompletableFuture<Void> begun = consumer.begin();
            open.add(consumer);
            consumer.awaitBegun(begun);
            return consumer;
        });
    }

    @Override
    public void close() {
        PushConsumer.awaitEnded(
                CompletableFuture.allOf(
                        open.stream().map(PushConsumer::end).toArray(CompletableFuture[]::new)));
    }

    /** Makes the consumer, which has not joined its group yet. */
    PushConsumer assemble(String group, PushConsumerBuilder what, MessageListener listener) {
        List<Subscription> subscriptions =
                what.tagsByTopic().entrySet().stream()
                        .map(e -> Subscription.ofTags(e.getKey(), e.getValue(), clock.millis()))
                        .toList();
        if (subscriptions.isEmpty()) {
            throw new IllegalArgumentException("group " + group + " subscribes to no topic");
        }
        subscriptions.forEach(one -> checkName(Names.topicProblem(one.topic())));
        Puller puller = new Puller(group, remoting, routes, reader);
        ExecutorService pool = pools.apply(group, what.threads());
        List<TopicShare> shares =
                subscriptions.stream()
                        .map(subscription ->
                                new SubscribedQueues(
                                        group,
                                        subscription,
                                        what.startAt(),
                                        listener,
                                        pool,
                                        puller,
                                        offsets,
                                        routes,
                                        heartbeats,
                                        timers,
                                        nanos))
                        .map(queues -> share(group, queues))
                        .toList();
        ConsumerData membership =
                new ConsumerData(
                        group,
                        ConsumerData.PUSH,
                        ConsumerData.CLUSTERING,
                        what.startAt().wireName(),
                        subscriptions);
        return new PushConsumer(membership, shares, routes, heartbeats, pool, timers, open::remove);
    }

    private TopicShare share(String group, SubscribedQueues queues) {
        return new TopicShare(queues, group, clientId, routes, heartbeats, brokers, timers);
    }

    private static void checkName(String problem) {
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
    }
}
