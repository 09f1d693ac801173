package bolide.nameserver.route;

import static bolide.nameserver.Brokers.identity;
import static bolide.nameserver.Brokers.master;
import static bolide.nameserver.Brokers.registration;
import static bolide.nameserver.Brokers.slave;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.nameserver.FakeConnection;
import bolide.nameserver.ManualTime;
import bolide.nameserver.route.RegistrationOutcome.Outdated;
import bolide.nameserver.route.RegistrationOutcome.Registered;
import bolide.nameserver.route.RouteAnswer.Known;
import bolide.nameserver.route.RouteAnswer.Unknown;
import bolide.protocol.route.BrokerData;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.DataVersion;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final Duration JUST_UNDER = Duration.ofSeconds(119);
    private static final Duration OVER = Duration.ofSeconds(2);

    private final ManualTime time = new ManualTime();
    private final RouteTable routes = new RouteTable(time, (addresses, change) -> {});
    private final FakeConnection connection = new FakeConnection();

    @Test
    void shouldRouteToAMasterAndItsSlave() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));
        register(slave("a", "10.0.0.2:10911"));

        // when
        TopicRoute route = known("Orders");

        // then
        assertThat(route.queues()).containsExactly(new QueueData("a", 4, 4, 6, 0));
        assertThat(route.brokers())
                .containsExactly(
                        new BrokerData(
                                "C1",
                                "a",
                                new TreeMap<>(Map.of(0L, "10.0.0.1:10911", 1L, "10.0.0.2:10911"))));
    }

    @Test
    void shouldKeepWhatABrokerLeavesOutThatDoesNotSayThatItsTopicsAreAll() {
        // given: Apache's brokers register all, and then what has changed alone
        register(partly(1, "Orders", "Bills"));

        // when
        register(partly(2, "New"));

        // then
        assertThat(routes.lists().all().topics()).containsExactly("Bills", "New", "Orders");

        // when
        routes.unregister(identity("a", 0, "10.0.0.1:10911"));

        // then
        assertThat(routes.lists().all().topics()).isEmpty();
    }

    @Test
    void shouldNotTakeASingleTopicForAllOfABrokerThatItDoesNotKnow() {
        // given / when: the broker would be told (322) that nothing more need be registered
        RegistrationOutcome alone = routes.register(partly(2, "New"), Optional.of(connection));

        // then
        assertThat(alone)
                .isInstanceOfSatisfying(
                        RegistrationOutcome.Incomplete.class,
                        incomplete ->
                                assertThat(incomplete.detail()).contains("is not known here"));
        assertThat(routes.clusters().brokers()).isEmpty();
        assertThat(register(master("a", "10.0.0.1:10911", "New"))).isInstanceOf(Registered.class);
    }

    private static BrokerRegistration partly(long counter, String... topics) {
        BrokerRegistration whole =
                registration(identity("a", 0, "10.0.0.1:10911"), counter, topics);
        return new BrokerRegistration(
                whole.broker(),
                whole.haAddress(),
                whole.expiryMillis(),
                whole.version(),
                whole.topics(),
                false,
                false);
    }

    @Test
    void shouldMergeTheBrokersOfATopic() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders", "OnlyA"));
        register(master("b", "10.0.0.2:10911", "Orders"));

        // when
        TopicRoute route = known("Orders");

        // then
        assertThat(route.queues()).extracting(QueueData::brokerName).containsExactly("a", "b");
        assertThat(route.brokers()).extracting(BrokerData::brokerName).containsExactly("a", "b");
        assertThat(known("OnlyA").queues()).hasSize(1);
    }

    @Test
    void shouldTellASlaveWhereItsMasterIs() {
        // given
        RegistrationOutcome alone = register(slave("a", "10.0.0.2:10911"));
        RegistrationOutcome ofMaster = register(master("a", "10.0.0.1:10911"));

        // when
        RegistrationOutcome ofSlave = register(slave("a", "10.0.0.2:10911"));

        // then
        assertThat(alone).isEqualTo(new Registered("", ""));
        assertThat(ofMaster).isEqualTo(new Registered("", ""));
        assertThat(ofSlave).isEqualTo(new Registered("10.0.0.1:10911", "10.0.0.1:10911/ha"));
    }

    @Test
    void shouldIgnoreTheTopicsOfASlave() {
        // given
        register(slave("a", "10.0.0.2:10911", "FromSlave"));

        // when
        register(master("a", "10.0.0.1:10911", "FromMaster"));

        // then
        assertThat(routes.lists().all().topics()).containsExactly("FromMaster");
    }

    @Test
    void shouldReplaceTheTopicsWhenTheirVersionDiffers() {
        // given
        BrokerIdentity broker = identity("a", 0, "10.0.0.1:10911");
        register(registration(broker, 1, "Old", "Kept"));

        // when
        register(registration(broker, 2, "Kept", "New"));

        // then
        assertThat(routes.lists().all().topics()).containsExactly("Kept", "New");
        assertThat(unknown("Old")).contains("\"Old\"");
    }

    @Test
    void shouldKeepTheTopicsWhenTheirVersionIsTheSame() {
        // given
        BrokerIdentity broker = identity("a", 0, "10.0.0.1:10911");
        register(registration(broker, 1, "Orders"));

        // when
        register(registration(broker, 1));

        // then
        assertThat(routes.lists().all().topics()).containsExactly("Orders");
    }

    @Test
    void shouldSeeAChangedQueueCount() {
        // given
        BrokerIdentity broker = identity("a", 0, "10.0.0.1:10911");
        register(registration(broker, 1, "Orders"));

        // when
        register(
                registration(
                        broker,
                        0,
                        new DataVersion(0, 1, 2),
                        List.of(TopicConfig.of("Orders", 16).withPerm(4))));

        // then
        assertThat(known("Orders").queues()).containsExactly(new QueueData("a", 16, 16, 4, 0));
    }

    @Test
    void shouldHideOwnBookkeeping() {
        // given / when
        register(master("a", "10.0.0.1:10911", Names.OWN_PREFIX + "offsets", "Orders"));

        // then
        assertThat(routes.lists().all().topics()).containsExactly("Orders");
        assertThat(unknown(Names.OWN_PREFIX + "offsets")).contains("bookkeeping");
    }

    @Test
    void shouldLetTheLaterOfTwoWithTheSameNameAndIdStay() {
        // given
        register(master("a", "10.0.0.1:10911", "First"));

        // when: the same version even, since two that were copied from one look alike
        register(master("a", "10.0.0.9:10911", "Second"));

        // then
        assertThat(routes.lists().all().topics()).containsExactly("Second");
        assertThat(known("Second").brokers().get(0).addresses())
                .isEqualTo(Map.of(0L, "10.0.0.9:10911"));
    }

    @Test
    void shouldIgnoreAnotherBrokerInAnOlderState() {
        // given
        register(
                registration(
                        identity("a", 0, "10.0.0.2:10911"), new DataVersion(7, 1, 1), "Orders"));

        // when
        RegistrationOutcome outcome =
                register(
                        registration(identity("a", 0, "10.0.0.1:10911"), new DataVersion(6, 9, 9)));

        // then
        assertThat(outcome).isInstanceOf(Outdated.class);
        assertThat(((Outdated) outcome).detail()).contains("10.0.0.2:10911").contains("state 7");
        assertThat(known("Orders").brokers().get(0).addresses()).containsValue("10.0.0.2:10911");
    }

    @Test
    void shouldFollowABrokerThatChangesItsAddress() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));

        // when
        register(registration(identity("a", 0, "10.0.0.1:20911"), 1, "Orders"));

        // then
        assertThat(known("Orders").brokers().get(0).addresses())
                .isEqualTo(Map.of(0L, "10.0.0.1:20911"));
    }

    @Test
    void shouldFollowABrokerThatChangesItsName() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));

        // when
        register(master("b", "10.0.0.1:10911", "Orders"));

        // then
        assertThat(known("Orders").queues()).extracting(QueueData::brokerName).containsExactly("b");
        assertThat(routes.clusters().brokers())
                .extracting(BrokerData::brokerName)
                .containsExactly("b");
    }

    @Test
    void shouldFollowABrokerThatChangesItsCluster() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));

        // when
        register(registration(new BrokerIdentity("C2", "a", 0, "10.0.0.1:10911"), 1, "Orders"));

        // then
        assertThat(routes.lists().of("C1").topics()).isEmpty();
        assertThat(routes.lists().of("C2").topics()).containsExactly("Orders");
    }

    @Test
    void shouldFollowASlaveThatBecomesMaster() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));
        register(slave("a", "10.0.0.2:10911"));

        // when
        register(
                registration(
                        identity("a", 0, "10.0.0.2:10911"), new DataVersion(1, 1, 1), "Orders"));

        // then: the old master's place is taken and the slave's is free
        assertThat(known("Orders").brokers().get(0).addresses())
                .isEqualTo(Map.of(0L, "10.0.0.2:10911"));
    }

    @Test
    void shouldKeepTheTopicsWhileASlaveLives() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));
        register(slave("a", "10.0.0.2:10911"));

        // when
        routes.unregister(identity("a", 0, "10.0.0.1:10911"));

        // then
        assertThat(known("Orders").brokers().get(0).addresses())
                .isEqualTo(Map.of(1L, "10.0.0.2:10911"));
    }

    @Test
    void shouldForgetABrokerThatSaysGoodBye() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));

        // when
        routes.unregister(identity("a", 0, "10.0.0.1:10911"));

        // then
        assertThat(unknown("Orders")).contains("no broker has registered");
        assertThat(routes.clusters().brokers()).isEmpty();
    }

    @Test
    void shouldNotHearTheGoodByeOfOneWhosePlaceIsTaken() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));
        register(master("a", "10.0.0.9:10911", "Orders"));

        // when
        routes.unregister(identity("a", 0, "10.0.0.1:10911"));

        // then
        assertThat(known("Orders").brokers()).hasSize(1);
    }

    @Test
    void shouldForgetAllBrokersOfAClosedConnectionAtOnce() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));
        register(master("b", "10.0.0.1:20911", "Orders"));
        FakeConnection another = new FakeConnection();
        routes.register(master("c", "10.0.0.3:10911", "Orders"), Optional.of(another));

        // when
        routes.connectionClosed(connection);

        // then
        assertThat(known("Orders").queues()).extracting(QueueData::brokerName).containsExactly("c");
    }

    @Test
    void shouldKeepABrokerThatHasComeBackOnAnotherConnection() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));
        FakeConnection later = new FakeConnection();
        routes.compareVersion(identity("a", 0, "10.0.0.1:10911"), new DataVersion(0, 1, 1), later);

        // when
        routes.connectionClosed(connection);

        // then
        assertThat(known("Orders").brokers()).hasSize(1);
        routes.connectionClosed(later);
        assertThat(unknown("Orders")).isNotEmpty();
    }

    @Test
    void shouldTakeOutASilentBroker() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));

        // when
        time.pass(JUST_UNDER);
        routes.expire();
        boolean livesJustUnder = routes.route("Orders") instanceof Known;
        time.pass(OVER);
        routes.expire();

        // then
        assertThat(livesJustUnder).isTrue();
        assertThat(unknown("Orders")).isNotEmpty();
    }

    @Test
    void shouldLetABrokerChooseItsOwnExpiry() {
        // given
        register(
                registration(
                        identity("a", 0, "10.0.0.1:10911"),
                        10_000,
                        DataVersion.NONE,
                        List.of(TopicConfig.of("Orders", 4))));
        register(
                registration(
                        identity("b", 0, "10.0.0.2:10911"),
                        Long.MAX_VALUE,
                        DataVersion.NONE,
                        List.of(TopicConfig.of("Orders", 4))));

        // when
        time.pass(Duration.ofSeconds(11));
        routes.expire();

        // then
        assertThat(known("Orders").queues()).extracting(QueueData::brokerName).containsExactly("b");
    }

    @Test
    void shouldTakeEveryWordForASignOfLife() {
        // given
        List<Runnable> words =
                List.of(
                        () -> register(master("a", "10.0.0.1:10911", "Orders")),
                        () -> routes.heard("a", "10.0.0.1:10911", connection),
                        () ->
                                routes.compareVersion(
                                        identity("a", 0, "10.0.0.1:10911"),
                                        DataVersion.NONE,
                                        connection));
        words.get(0).run();

        // when
        for (Runnable word : words) {
            time.pass(JUST_UNDER);
            word.run();
            time.pass(OVER);
            routes.expire();

            // then
            assertThat(known("Orders").brokers()).hasSize(1);
        }
    }

    @Test
    void shouldNotTakeAnotherBrokersWordForASignOfLife() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));
        time.pass(JUST_UNDER);

        // when
        routes.heard("a", "10.0.0.7:10911", connection);
        routes.heard("b", "10.0.0.1:10911", connection);
        time.pass(OVER);
        routes.expire();

        // then
        assertThat(unknown("Orders")).isNotEmpty();
    }

    @Test
    void shouldNotCountTheTimeInWhichItDidNotRead() {
        // given
        register(master("a", "10.0.0.1:10911", "Orders"));
        connection.stopReading(true);

        // when
        time.pass(Duration.ofHours(1));
        routes.expire();
        connection.stopReading(false);
        time.pass(JUST_UNDER);
        routes.expire();

        // then
        assertThat(known("Orders").brokers()).hasSize(1);
        time.pass(OVER);
        routes.expire();
        assertThat(unknown("Orders")).isNotEmpty();
    }

    @Test
    void shouldNeverExpireABrokerInTheSameProcess() {
        // given
        BrokerRegistration embedded = master("a", "127.0.0.1:9876", "Orders");
        routes.register(embedded, Optional.empty());

        // when: somebody claims to be it and goes
        routes.heard("a", "127.0.0.1:9876", connection);
        routes.register(embedded, Optional.of(connection));
        routes.connectionClosed(connection);
        time.pass(Duration.ofDays(30));
        routes.expire();

        // then
        assertThat(known("Orders").brokers()).hasSize(1);
    }

    @Test
    void shouldTellWhetherTheVersionIsKnown() {
        // given
        BrokerIdentity broker = identity("a", 0, "10.0.0.1:10911");
        DataVersion first = new DataVersion(0, 1, 1);
        DataVersion second = new DataVersion(0, 1, 2);
        VersionAnswer before = routes.compareVersion(broker, first, connection);
        register(registration(broker, first));

        // when
        VersionAnswer same = routes.compareVersion(broker, first, connection);
        VersionAnswer other = routes.compareVersion(broker, second, connection);
        VersionAnswer elsewhere =
                routes.compareVersion(identity("a", 0, "10.0.0.2:10911"), first, connection);

        // then
        assertThat(before).isEqualTo(new VersionAnswer(true, Optional.empty()));
        assertThat(same).isEqualTo(new VersionAnswer(false, Optional.of(first)));
        assertThat(other).isEqualTo(new VersionAnswer(true, Optional.of(first)));
        assertThat(elsewhere).isEqualTo(new VersionAnswer(true, Optional.empty()));
    }

    @Test
    void shouldListClustersBrokersAndOneAddress() {
        // given
        register(master("b", "10.0.0.2:10911"));
        register(master("a", "10.0.0.1:10911"));

        // when / then
        assertThat(routes.lists().system().topics()).containsExactly("C1", "a", "b");
        assertThat(routes.lists().system().brokerAddress()).isEqualTo("10.0.0.1:10911");
        assertThat(routes.clusters().brokers())
                .extracting(BrokerData::brokerName)
                .containsExactly("a", "b");
    }

    @Test
    void shouldSayWhyATopicIsUnknownAndWhatToDo() {
        // given
        String withoutBrokers = unknown("Orders");
        register(master("a", "10.0.0.1:10911"));

        // when / then
        assertThat(withoutBrokers).contains("\"Orders\"").contains("no broker has registered");
        assertThat(unknown("Orders"))
                .contains("none of the 1 brokers")
                .endsWith(
                        "create it with mqadmin updateTopic, or by sending to it where a broker"
                                + " creates topics on first use");
        assertThat(unknown("%RETRY%G")).contains("member of its group");
        assertThat(unknown("a b")).contains("character");
    }

    @Test
    void shouldNotMixUpNameServers() {
        // given
        RouteTable second = new RouteTable(time, (addresses, change) -> {});
        BrokerRegistration here = master("a", "10.0.0.1:10911", "Here");
        BrokerRegistration both = master("b", "10.0.0.2:10911", "Both");

        // when
        register(here);
        register(both);
        second.register(both, Optional.of(new FakeConnection()));
        routes.connectionClosed(connection);

        // then
        assertThat(routes.lists().all().topics()).isEmpty();
        assertThat(second.lists().all().topics()).containsExactly("Both");
    }

    @Test
    void shouldHoldThousandsOfTopics() {
        // given
        int count = 20_000;
        List<TopicConfig> topics = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            topics.add(TopicConfig.of("topic-" + i, 8));
        }
        for (String name : List.of("a", "b", "c")) {
            register(registration(identity(name, 0, name + ":10911"), 0, DataVersion.NONE, topics));
        }

        // when
        register(
                registration(
                        identity("b", 0, "b:10911"),
                        0,
                        new DataVersion(0, 0, 1),
                        topics.subList(0, count / 2)));
        routes.unregister(identity("c", 0, "c:10911"));

        // then
        assertThat(routes.lists().all().topics()).hasSize(count);
        assertThat(known("topic-0").queues()).hasSize(2);
        assertThat(known("topic-" + (count - 1)).queues()).hasSize(1);
    }

    private RegistrationOutcome register(BrokerRegistration registration) {
        return routes.register(registration, Optional.of(connection));
    }

    private TopicRoute known(String topic) {
        return ((Known) routes.route(topic)).route();
    }

    private String unknown(String topic) {
        return ((Unknown) routes.route(topic)).detail();
    }
}
