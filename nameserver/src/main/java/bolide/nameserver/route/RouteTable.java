package bolide.nameserver.route;

import bolide.nameserver.route.RegistrationOutcome.Incomplete;
import bolide.nameserver.route.RegistrationOutcome.Outdated;
import bolide.nameserver.route.RegistrationOutcome.Registered;
import bolide.nameserver.route.RouteAnswer.Known;
import bolide.nameserver.route.RouteAnswer.Unknown;
import bolide.protocol.route.BrokerData;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerMembers;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.route.DataVersion;
import bolide.protocol.route.MinBrokerChange;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.Permission;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which brokers live and which topics they hold. For any thread: what brokers report is taken in
/// under one lock, and questions are answered without it.
///
/// A broker in this process registers without a connection and never expires.
public final class RouteTable {
    /// How long a broker may stay silent that does not say so itself.
    public static final Duration DEFAULT_EXPIRY = Duration.ofSeconds(120);

    private static final Duration LONGEST_EXPIRY = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

    private final LongSupplier nanos;
    private final MinBrokerNotices notices;
    private final SortedMap<String, BrokerSet> brokers = new TreeMap<>(); // guarded by this
    private final ConcurrentSkipListMap<String, BrokerData> addresses =
            new ConcurrentSkipListMap<>(); // what readers see of the brokers
    private final TopicIndex topics = new TopicIndex();
    private final TopicLists lists = new TopicLists(topics, addresses);

    /// @param nanos the monotonic clock
    /// @param notices told when the lowest id among the brokers of a name changes; must not wait
    public RouteTable(LongSupplier nanos, MinBrokerNotices notices) {
        this.nanos = nanos;
        this.notices = notices;
    }

    /// Takes in what a broker says of itself. The master's topics count, a slave's do not; those
    /// that a broker leaves out are forgotten only if it says that these are all. Of two brokers
    /// with the same name and id the later one stays, unless the earlier one is in a later state.
    ///
    /// @param connection the one it came on; none for a broker in this process
    public RegistrationOutcome register(
            BrokerRegistration registration, Optional<Connection> connection) {
        Map<String, QueueData> held = visibleTopics(registration); // outside the lock: may be long
        synchronized (this) {
            BrokerIdentity broker = registration.broker();
            Optional<LiveBroker> before = find(broker);
            Optional<LiveBroker> other =
                    before.filter(known -> !known.identity().address().equals(broker.address()));
            if (other.isPresent() && isOutdated(registration, other.get())) {
                return outdated(registration, other.get());
            }
            if (before.isEmpty() && !registration.whole() && registration.topics().size() == 1) {
                return incomplete(registration);
            }
            other.ifPresent(known -> logSuperseded(broker, known));
            boolean isInProcess =
                    other.isEmpty() && before.filter(LiveBroker::isInProcess).isPresent();
            put(live(registration, isInProcess ? Optional.empty() : connection), before.isEmpty());
            removeOthersAt(broker);
            boolean sameTopics =
                    other.isEmpty()
                            && before.isPresent()
                            && before.get().version().equals(registration.version());
            if (broker.brokerId() == BrokerData.MASTER && !sameTopics) {
                if (registration.whole() || other.isPresent()) {
                    topics.replace(broker.brokerName(), held);
                } else {
                    topics.addAll(broker.brokerName(), held);
                }
            }
            return registered(broker);
        }
    }

    /// Takes out a broker that says good-bye, unless its place has been taken by another meanwhile.
    public synchronized void unregister(BrokerIdentity broker) {
        removeIf(
                known -> isSame(known.identity(), broker),
                known -> LOG.info("broker {} has said good-bye", shown(known.identity())));
    }

    /// Tells a broker whether its topics differ from what is known here; hearing from it, too, is a
    /// sign of life.
    public synchronized VersionAnswer compareVersion(
            BrokerIdentity broker, DataVersion version, Connection connection) {
        Optional<DataVersion> known =
                find(broker)
                        .filter(live -> isSame(live.identity(), broker))
                        .map(LiveBroker::version);
        heard(broker.brokerName(), broker.address(), connection);
        return new VersionAnswer(!known.equals(Optional.of(version)), known);
    }

    /// A sign of life; a broker that is not known stays so until it registers.
    public synchronized void heard(String brokerName, String address, Connection connection) {
        BrokerSet set = brokers.get(brokerName);
        if (set != null) {
            long now = nanos.getAsLong();
            set.members()
                    .replaceAll((id, live) ->
                            live.identity().address().equals(address)
                                    ? live.heardOn(connection, now)
                                    : live);
        }
    }

    /// Takes out the brokers whose last word came on this connection.
    public synchronized void connectionClosed(Connection connection) {
        removeIf(
                live -> live.cameOn(connection),
                live -> LOG.info("broker {} is gone with its connection", shown(live.identity())));
    }

    /// Takes out the brokers that have been silent for too long. Time in which this side did not
    /// read counts for nobody.
    synchronized void expire() {
        long now = nanos.getAsLong();
        for (BrokerSet set : brokers.values()) {
            set.members().replaceAll((id, live) -> live.isUnheard() ? live.seen(now) : live);
        }
        removeIf(
                live -> live.isExpired(now),
                live ->
                        LOG.warn(
                                "broker {} has been silent for {} s and is taken out",
                                shown(live.identity()),
                                Duration.ofNanos(now - live.seenNanos()).toSeconds()));
    }

    public RouteAnswer route(String topic) {
        List<QueueData> queues = new ArrayList<>();
        List<BrokerData> holders = new ArrayList<>();
        topics.holders(topic)
                .forEach((brokerName, held) -> {
                    BrokerData broker = addresses.get(brokerName);
                    if (broker != null) { // else it went after its topics were looked up
                        queues.add(held);
                        holders.add(broker);
                    }
                });
        return queues.isEmpty()
                ? new Unknown(Unrouted.why(topic, addresses.size()))
                : new Known(new TopicRoute(queues, holders));
    }

    public ClusterInfo clusters() {
        return new ClusterInfo(List.copyOf(addresses.values()));
    }

    /// @return what is listed of the topics
    public TopicLists lists() {
        return lists;
    }

    /// @param cluster goes into the answer only
    /// @return who bears that name now
    public BrokerMembers members(String cluster, String brokerName) {
        BrokerData broker = addresses.get(brokerName);
        return new BrokerMembers(
                cluster,
                brokerName,
                broker == null ? Collections.emptySortedMap() : broker.addresses());
    }

    /// Lets nobody write to a broker any more. It lasts until the broker registers other topics
    /// than before, or registers anew.
    ///
    /// @return how many topics it holds
    public synchronized int wipeWritePermission(String brokerName) {
        return topics.changePermission(brokerName, perm -> perm & ~Permission.WRITE);
    }

    /// Lets everybody read from a broker and write to it.
    ///
    /// @return how many topics it holds
    public synchronized int addWritePermission(String brokerName) {
        return topics.changePermission(brokerName, perm -> Permission.READ_WRITE);
    }

    /// Forgets who holds a topic, until a broker registers other topics than before.
    ///
    /// @param cluster forgets only the brokers of this one; of all when it is empty
    public synchronized void forget(String topic, String cluster) {
        topics.forget(
                topic,
                brokerName ->
                        cluster.isEmpty()
                                || addresses.containsKey(brokerName)
                                        && addresses.get(brokerName).cluster().equals(cluster));
    }

    /// Takes in that brokers hold a topic, until one of them registers other topics than before.
    ///
    /// @return why nothing was taken in; empty when all was
    public synchronized String hold(String topic, List<QueueData> held) {
        String problem = Names.isOwn(topic) ? "it is Bolide's own" : Names.topicProblem(topic);
        if (!problem.isEmpty()) {
            return "topic " + Excerpt.of(topic) + " is not registered: " + problem;
        }
        for (QueueData queues : held) {
            if (!brokers.containsKey(queues.brokerName())) {
                return "topic "
                        + topic
                        + " is not registered: broker "
                        + Excerpt.of(queues.brokerName())
                        + " is unknown here; mqadmin clusterList shows those that are known";
            }
        }
        held.forEach(queues -> topics.addAll(queues.brokerName(), Map.of(topic, queues)));
        return "";
    }

    private static Map<String, QueueData> visibleTopics(BrokerRegistration registration) {
        Map<String, QueueData> held = new HashMap<>();
        if (registration.broker().brokerId() == BrokerData.MASTER) {
            for (TopicConfig topic : registration.topics()) {
                if (!topic.name().isEmpty() && !Names.isOwn(topic.name())) {
                    held.put(topic.name(), QueueData.of(registration.broker().brokerName(), topic));
                }
            }
        }
        return held;
    }

    private Optional<LiveBroker> find(BrokerIdentity broker) {
        return Optional.ofNullable(brokers.get(broker.brokerName()))
                .map(set -> set.members().get(broker.brokerId()));
    }

    /// An old master that comes back after a failover must not take its place from the new one.
    private static boolean isOutdated(BrokerRegistration registration, LiveBroker other) {
        return registration.version().stateVersion() < other.version().stateVersion();
    }

    private static RegistrationOutcome outdated(BrokerRegistration registration, LiveBroker other) {
        String detail =
                "broker "
                        + shown(registration.broker())
                        + " is in state "
                        + registration.version().stateVersion()
                        + " and was ignored: its place is held from "
                        + other.identity().address()
                        + " in state "
                        + other.version().stateVersion();
        LOG.warn(detail);
        return new Outdated(detail);
    }

    private static RegistrationOutcome incomplete(BrokerRegistration registration) {
        return new Incomplete(
                "broker "
                        + shown(registration.broker())
                        + " is not known here; it has to register with all its topics before a"
                        + " single one");
    }

    private static void logSuperseded(BrokerIdentity broker, LiveBroker known) {
        LOG.warn(
                "broker {} takes the place of the one at {}; if both run, give one of them"
                        + " another name or id",
                shown(broker),
                Excerpt.of(known.identity().address()));
    }

    /// An address is one broker: whoever was registered there under another name or id is no more.
    private void removeOthersAt(BrokerIdentity broker) {
        removeIf(
                live ->
                        live.identity().address().equals(broker.address())
                                && !isSame(live.identity(), broker),
                live -> LOG.warn("broker {} is now {}", shown(live.identity()), shown(broker)));
    }

    private LiveBroker live(BrokerRegistration registration, Optional<Connection> connection) {
        long expiryMillis =
                registration.expiryMillis() > 0
                        ? Math.min(registration.expiryMillis(), LONGEST_EXPIRY.toMillis())
                        : DEFAULT_EXPIRY.toMillis();
        return new LiveBroker(
                registration.broker(),
                registration.haAddress(),
                registration.actingMaster(),
                registration.version(),
                connection,
                Duration.ofMillis(expiryMillis).toNanos(),
                nanos.getAsLong());
    }

    private void put(LiveBroker live, boolean isNew) {
        BrokerIdentity broker = live.identity();
        BrokerSet set = brokers.computeIfAbsent(broker.brokerName(), BrokerSet::new);
        String clusterBefore = set.cluster();
        Optional<LiveBroker> lowestBefore = set.lowest();
        set.put(live);
        if (lowestBefore.filter(lowest -> broker.brokerId() < id(lowest)).isPresent()) {
            notices.tell(
                    set.addressesWithout(broker),
                    new MinBrokerChange(broker.brokerId(), broker.address(), "", live.haAddress()));
        }
        addresses.put(broker.brokerName(), set.data());
        if (isNew) {
            LOG.info("broker {} has registered", shown(broker));
        }
        if (!clusterBefore.isEmpty() && !clusterBefore.equals(set.cluster())) {
            LOG.warn(
                    "broker {} has moved from cluster {}",
                    shown(broker),
                    Excerpt.of(clusterBefore));
        }
    }

    private RegistrationOutcome registered(BrokerIdentity broker) {
        LiveBroker master = brokers.get(broker.brokerName()).members().get(BrokerData.MASTER);
        return broker.brokerId() == BrokerData.MASTER || master == null
                ? new Registered("", "")
                : new Registered(master.identity().address(), master.haAddress());
    }

    /// The topics of a name stay while any of its brokers does: slaves are read from without
    /// master.
    private void removeIf(Predicate<LiveBroker> gone, Consumer<LiveBroker> told) {
        for (String name : List.copyOf(brokers.keySet())) {
            BrokerSet set = brokers.get(name);
            List<LiveBroker> going = set.members().values().stream().filter(gone).toList();
            if (going.isEmpty()) {
                continue;
            }
            going.forEach(told);
            LiveBroker lowestBefore = set.lowest().orElseThrow();
            set.members().values().removeAll(going);
            if (going.contains(lowestBefore) && set.hasActingMaster()) {
                set.lowest().ifPresent(lowest -> tellOfLoss(set, lowestBefore, lowest));
            }
            if (set.members().isEmpty()) {
                brokers.remove(name);
                addresses.remove(name);
                topics.remove(name);
            } else {
                addresses.put(name, set.data());
            }
        }
    }

    private void tellOfLoss(BrokerSet set, LiveBroker gone, LiveBroker lowest) {
        notices.tell(
                set.addressesWithout(gone.identity()),
                new MinBrokerChange(
                        id(lowest), lowest.identity().address(), gone.identity().address(), ""));
    }

    private static long id(LiveBroker broker) {
        return broker.identity().brokerId();
    }

    private static boolean isSame(BrokerIdentity one, BrokerIdentity other) {
        return one.brokerName().equals(other.brokerName())
                && one.brokerId() == other.brokerId()
                && one.address().equals(other.address());
    }

    private static String shown(BrokerIdentity broker) {
        return Excerpt.of(broker.brokerName())
                + " id "
                + broker.brokerId()
                + " of cluster "
                + Excerpt.of(broker.cluster())
                + " at "
                + Excerpt.of(broker.address());
    }
}
