package bolide.client.consumer;

import bolide.client.group.Heartbeats;
import bolide.client.route.BrokerCalls;
import bolide.client.route.Failures;
import bolide.client.route.NoRouteException;
import bolide.client.route.Route;
import bolide.client.route.RouteCache;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.route.MessageQueue;
import bolide.remoting.NetworkException;
import bolide.remoting.Timers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This member's share of one topic: works out which queues it is, takes up those that are new and
 * gives up those that are another's. Owner: the client thread.
 */
final class TopicShare {
    private static final Logger LOG = LoggerFactory.getLogger(TopicShare.class);
    private static final long RETRY_MILLIS = 1_000;

    /** For the member that had the queue to commit how far it has come. */
    private static final long HANDOVER_MILLIS = 100;

    private final SubscribedQueues subscribed;
    private final String topic;
    private final String group;
    private final String clientId;
    private final RouteCache routes;
    private final Heartbeats heartbeats;
    private final BrokerCalls brokers;
    private final Timers timers;
    private final Map<MessageQueue, QueueConsumer> held = new TreeMap<>();
    private final Map<MessageQueue, CompletableFuture<Void>> leaving = new HashMap<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private Optional<Set<MessageQueue>> atFirstLook = Optional.empty();
    private boolean working;
    private boolean again;
    private boolean retrying;
    private boolean closed;

    TopicShare(
            SubscribedQueues subscribed,
            String group,
            String clientId,
            RouteCache routes,
            Heartbeats heartbeats,
            BrokerCalls brokers,
            Timers timers) {
        this.subscribed = subscribed;
        this.topic = subscribed.topic();
        this.group = group;
        this.clientId = clientId;
        this.routes = routes;
        this.heartbeats = heartbeats;
        this.brokers = brokers;
        this.timers = timers;
    }

    String topic() {
        return topic;
    }

    /**
     * @return done when the first share is known, and where to begin in each queue of it
     */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Works the share out anew; done once more when called meanwhile. */
    void rebalance() {
        if (closed || working) {
            again = working;
            return;
        }
        working = true;
        routes.route(topic)
                .thenCompose(route ->
                        members(route, heartbeats.greet(route))
                                .thenApply(ids -> new Members(route, ids)))
                .whenComplete(
                        (members, failure) -> timers.after(0, () -> worked(members, failure)));
    }

    void commit() {
        held.values().forEach(QueueConsumer::commit);
    }

    /**
     * @return done when every queue has been given up and committed
     */
    CompletableFuture<Void> close() {
        closed = true;
        List<CompletableFuture<Void>> all = new ArrayList<>(leaving.values());
        held.values().forEach(consumer -> all.add(consumer.release()));
        held.clear();
        begun.complete(null);
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /**
     * Those among whom the topic's queues are divided.
     *
     * @param route the topic's
     * @param ids of the members, as a broker knows them
     */
    private record Members(Route route, List<String> ids) {}

    /**
     * Asks beside the heartbeats; a broker that had not noted this member yet is asked again.
     *
     * @param greeted done when the topic's brokers know this member
     */
    private CompletableFuture<List<String>> members(Route route, CompletableFuture<Void> greeted) {
        Set<String> addresses = new LinkedHashSet<>(route.masters());
        addresses.addAll(route.addresses());
        CompletableFuture<List<String>> early =
                addresses.stream()
                        .findFirst()
                        .map(first -> members(first).exceptionally(notYet -> List.of()))
                        .orElse(CompletableFuture.completedFuture(List.of()));
        return early.thenCompose(ids ->
                ids.contains(clientId)
                        ? CompletableFuture.completedFuture(ids)
                        : greeted.thenCompose(done -> members(addresses.iterator())));
    }

    /** All members ask the same broker, if they can, so that they get the same answer. */
    private CompletableFuture<List<String>> members(Iterator<String> addresses) {
        if (!addresses.hasNext()) {
            return CompletableFuture.failedFuture(
                    new NetworkException("no broker of topic " + topic + " is there to be asked"));
        }
        CompletableFuture<List<String>> answer = members(addresses.next());
        return addresses.hasNext()
                ? answer.exceptionallyCompose(failure -> members(addresses))
                : answer;
    }

    private CompletableFuture<List<String>> members(String address) {
        return brokers.ask("the list of members of " + group, address, ConsumerIds.request(group))
                .thenApply(frame -> ConsumerIds.decode(frame.body()));
    }

    private void worked(Members members, Throwable failure) {
        working = false;
        if (closed) {
            return;
        }
        if (failure != null) {
            failed(Failures.cause(failure));
        } else if (members.ids().contains(clientId)) {
            divide(members);
        } else {
            LOG.warn("the brokers of {} do not know this member of {} yet", topic, group);
            members.route().addresses().forEach(heartbeats::lost);
            tryAgain();
        }
        if (again) {
            again = false;
            rebalance();
        }
    }

    private void failed(Throwable cause) {
        if (cause instanceof NoRouteException none && none.isTopicUnknown()) {
            if (atFirstLook.isEmpty()) {
                LOG.info("group {} waits for topic {}: {}", group, topic, none.getMessage());
                atFirstLook = Optional.of(Set.of());
                begun.complete(null);
            }
        } else {
            LOG.warn(
                    "group {} keeps its share of {} as it is: {}",
                    group,
                    topic,
                    cause.getMessage());
        }
        tryAgain();
    }

    private void tryAgain() {
        if (!retrying) {
            retrying = true;
            timers.after(
                    RETRY_MILLIS,
                    () -> {
                        retrying = false;
                        routes.refresh(topic)
                                .whenComplete((route, failure) -> timers.after(0, this::rebalance));
                    });
        }
    }

    private void divide(Members members) {
        List<MessageQueue> queues = members.route().readable();
        if (atFirstLook.isEmpty()) {
            atFirstLook = Optional.of(Set.copyOf(queues));
        }
        Set<MessageQueue> mine = new TreeSet<>(Allocation.average(queues, members.ids(), clientId));
        boolean changed = giveUpAllBut(mine);
        for (MessageQueue queue : mine) {
            if (!held.containsKey(queue)) {
                takeUp(queue, members.ids().size() > 1);
                changed = true;
            }
        }
        if (changed) {
            LOG.info(
                    "group {} has {} members; this one reads {} of the {} queues of {}",
                    group,
                    members.ids().size(),
                    mine.size(),
                    queues.size(),
                    topic);
        }
        if (!begun.isDone()) {
            CompletableFuture.allOf(
                            held.values().stream()
                                    .map(QueueConsumer::begun)
                                    .toArray(CompletableFuture[]::new))
                    .thenRun(() -> begun.complete(null));
        }
    }

    private boolean giveUpAllBut(Set<MessageQueue> mine) {
        boolean changed = false;
        for (MessageQueue queue : List.copyOf(held.keySet())) {
            if (!mine.contains(queue)) {
                CompletableFuture<Void> released = held.remove(queue).release();
                leaving.put(queue, released);
                released.whenComplete((done, failure) -> leaving.remove(queue, released));
                changed = true;
            }
        }
        return changed;
    }

    /** A queue that comes back waits until the listener is done with what it had from it. */
    private void takeUp(MessageQueue queue, boolean mayHaveBeenAnothers) {
        boolean isNew = !atFirstLook.orElseThrow().contains(queue);
        QueueConsumer consumer = subscribed.open(queue, isNew);
        held.put(queue, consumer);
        long pauseMillis = mayHaveBeenAnothers ? HANDOVER_MILLIS : 0;
        leaving.getOrDefault(queue, CompletableFuture.completedFuture(null))
                .whenComplete((done, failure) -> timers.after(pauseMillis, consumer::begin));
    }
}
