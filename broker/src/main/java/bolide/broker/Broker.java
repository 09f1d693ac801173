package bolide.broker;

import bolide.broker.admin.GroupQueries;
import bolide.broker.admin.GroupRequests;
import bolide.broker.admin.TopicQueries;
import bolide.broker.admin.TopicRequests;
import bolide.broker.arrival.Arrivals;
import bolide.broker.group.DifferenceAlarm;
import bolide.broker.group.GroupTopics;
import bolide.broker.group.Groups;
import bolide.broker.group.HeartbeatHandler;
import bolide.broker.group.Members;
import bolide.broker.group.Producers;
import bolide.broker.lock.LockHandler;
import bolide.broker.lock.QueueLocks;
import bolide.broker.offset.CommitHandler;
import bolide.broker.offset.Offsets;
import bolide.broker.pull.PullStation;
import bolide.broker.query.FindCommitted;
import bolide.broker.query.QueueQueries;
import bolide.broker.query.ViewMessage;
import bolide.broker.registration.NameServer;
import bolide.broker.registration.Registrar;
import bolide.broker.reply.ReplyHandler;
import bolide.broker.send.SendStation;
import bolide.broker.statistics.Mornings;
import bolide.broker.statistics.Traffic;
import bolide.broker.tcp.BrokerRequests;
import bolide.broker.tcp.GroupTable;
import bolide.broker.tcp.TopicTable;
import bolide.broker.topic.Topics;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.PeerCalls;
import bolide.remoting.RequestTable;
import bolide.remoting.Timers;
import bolide.store.Store;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.state.StateKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the stations of a broker together on an opened store; knows no request and no rule itself.
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);
    private static final Duration STATISTICS = Duration.ofSeconds(10);
    private static final Duration OFFSETS_UNWRITTEN = Duration.ofMillis(200);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Store store;
    private final Timers timers;
    private final PullStation pulls;
    private final Groups groups;
    private final Members members;
    private final Producers producers;
    private final DifferenceAlarm alarm;
    private final QueueLocks locks;
    private final Offsets offsets;
    private final Registrar registrar;
    private final BrokerRequests requests;
    private final TopicTable topicTable;
    private final GroupTable groupTable;
    private final AdminStation admin;
    private final Traffic traffic;
    private final Mornings mornings;
    private final Topics topics;
    private volatile boolean closed;

    /// Starts the store.
    ///
    /// @param clock the time that messages are stored with
    /// @param nanoClock a clock that nobody sets
    /// @param random a number from 0 to below its argument
    /// @param threads makes the threads of the log and those for cold reads
    /// @param onFailure told when the disk has failed or a bug showed: the process must end
    public Broker(
            BrokerConfig config,
            Store store,
            List<NameServer> nameServers,
            InstantSource clock,
            LongSupplier nanoClock,
            IntUnaryOperator random,
            Timers timers,
            ThreadFactory threads,
            Consumer<Throwable> onFailure) {
        this.store = store;
        this.timers = timers;
        List<TopicConfig> storedTopics = new ArrayList<>();
        List<GroupConfig> storedGroups = new ArrayList<>();
        Map<String, Byte> storedLinks = new HashMap<>();
        Map<String, Long> storedOffsets = new HashMap<>();
        store.forEachState(StateKind.TOPIC, (key, value) -> storedTopics.add(Topics.decode(value)));
        store.forEachState(StateKind.GROUP, (key, value) -> storedGroups.add(Groups.decode(value)));
        store.forEachState(
                StateKind.GROUP_TOPIC,
                (key, value) -> storedLinks.put(key, GroupTopics.decode(value)));
        store.forEachState(
                StateKind.OFFSET, (key, value) -> storedOffsets.put(key, Offsets.decode(value)));
        Arrivals arrivals = new Arrivals();
        store.start(clock, nanoClock, threads, arrivals, onFailure);

        this.topics =
                new Topics(
                        config.topics(),
                        config.permission(),
                        storedTopics,
                        store.stateLog(),
                        clock);
        store.topicAges(topics::ages);
        beginEpoch(store);
        this.groups = new Groups(storedGroups, store.stateLog(), clock, config.autoCreateGroups());
        GroupTopics groupTopics =
                new GroupTopics(
                        storedLinks,
                        store.stateLog(),
                        link -> groups.has(link.group()) && topics.find(link.topic()).isPresent());
        this.members = new Members(nanoClock, groups::notifiesChanges, timers);
        this.producers = new Producers(clock, nanoClock);
        this.alarm = new DifferenceAlarm(members);
        this.locks = new QueueLocks(nanoClock);
        this.offsets =
                new Offsets(
                        storedOffsets,
                        store.stateLog(),
                        (group, topic) -> groups.has(group) && topics.find(topic).isPresent(),
                        this::writeOffsetsSoon);
        this.registrar = new Registrar(config.identity(), topics, nameServers, timers);
        this.traffic = new Traffic(nanoClock);
        this.mornings = new Mornings(traffic, clock, config.zone());
        SendStation sends =
                new SendStation(
                        topics,
                        groups,
                        store.log().appender(),
                        config.identity().cluster(),
                        config.storeHost(),
                        clock,
                        traffic,
                        random);
        this.pulls =
                new PullStation(
                        topics,
                        groups,
                        groupTopics,
                        members,
                        offsets,
                        store,
                        arrivals,
                        timers,
                        traffic,
                        threads,
                        config.hotBytes());
        PeerCalls calls = new PeerCalls(timers);
        this.requests =
                new BrokerRequests(
                        config.storeHost(),
                        sends.handler(),
                        new ReplyHandler(producers, calls, config.storeHost(), clock),
                        pulls.handler(),
                        new HeartbeatHandler(members, producers, groups, groupTopics, topics),
                        members,
                        producers,
                        new LockHandler(locks, groups, topics),
                        new CommitHandler(offsets, groups, topics),
                        new FindCommitted(offsets, store.queues(), store.log(), config.hotBytes()),
                        new QueueQueries(topics, store.queues()),
                        new ViewMessage(store.log()));
        this.topicTable =
                new TopicTable(
                        new TopicRequests(
                                topics, offsets, groupTopics, store::caughtUp, registrar::announce),
                        new TopicQueries(config.identity().brokerName(), topics, store.queues()));
        this.groupTable =
                new GroupTable(
                        new GroupRequests(groups, groupTopics, topics, offsets),
                        new GroupQueries(groups, groupTopics, members, producers, offsets));
        this.admin =
                new AdminStation(
                        config,
                        store,
                        topics,
                        groups,
                        groupTopics,
                        members,
                        offsets,
                        arrivals,
                        traffic,
                        mornings,
                        clock,
                        calls);
    }

    /// @return the topic as it is now
    public Optional<TopicConfig> topic(String name) {
        return topics.find(name);
    }

    /// @param action told of every topic that came into being by its first message; must not wait
    public void onTopicsFirstUse(Consumer<TopicConfig> action) {
        topics.onFirstUse(action);
    }

    /// Adds what this broker serves.
    public void addTo(RequestTable table) {
        requests.addTo(table);
        topicTable.addTo(table);
        groupTable.addTo(table);
        admin.addTo(table);
        table.afterPass(this::publish);
    }

    /// Registers with the name servers and begins to tidy up from time to time.
    public void start() {
        registrar.start().join();
        timers.every(HOUSEKEEPING.toMillis(), () -> closed, this::keepHouse);
        timers.every(STATISTICS.toMillis(), () -> closed, this::noteTraffic);
    }

    /// What the requests of one read pass have staged is written in one go.
    private void publish() {
        try {
            store.log().appender().publish();
        } catch (StoreRefusal refused) {
            LOG.error("messages are not written: {}", refused.getMessage());
        }
    }

    private void keepHouse() {
        producers.expire();
        members.expire();
        alarm.look();
        locks.expire();
    }

    private void noteTraffic() {
        traffic.keep(topic -> topics.find(topic).isPresent(), groups::has);
        traffic.note();
        mornings.look();
    }

    /// A full disk need not keep a server from handing out messages.
    private static void beginEpoch(Store store) {
        try {
            store.stateLog().beginFirstEpoch();
        } catch (StoreRefusal full) {
            LOG.warn("the log's first epoch is noted at the next start: {}", full.getMessage());
        }
    }

    private void writeOffsetsSoon() {
        timers.after(OFFSETS_UNWRITTEN.toMillis(), this::writeOffsets);
    }

    private void writeOffsets() {
        try {
            offsets.write();
        } catch (StoreRefusal refused) {
            if (!closed) { // otherwise the last attempt is still to come
                LOG.error("committed offsets are not written yet: {}", refused.getMessage());
                writeOffsetsSoon();
            }
        }
    }

    private void writeLastOffsets() {
        try {
            offsets.write();
        } catch (StoreRefusal refused) {
            LOG.warn(
                    "the offsets that were committed last are not kept, and consumers will get some"
                            + " messages again: {}",
                    refused.getMessage());
        }
    }

    /// Says farewell to the name servers, so that clients go elsewhere; waits for at most a second.
    public void leave() {
        closed = true;
        registrar
                .close()
                .orTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> null)
                .join();
    }

    /// Writes what is unwritten and closes the store. No request may come in any more.
    @Override
    public void close() {
        closed = true;
        pulls.close();
        writeLastOffsets();
        store.close();
    }
}
