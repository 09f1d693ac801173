package bolide.client.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.client.simulated.FakeBroker;
import bolide.client.simulated.FakeNameServer;
import bolide.client.simulated.ManualTime;
import bolide.client.simulated.MemoryNetwork;
import bolide.client.simulated.SimulatedClient;
import bolide.protocol.route.BrokerData;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.remoting.NetworkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RouteCacheTest {
    private static final String TOPIC = "orders";
    private static final String FIRST = "127.0.0.1:9876";
    private static final String SECOND = "127.0.0.1:9877";
    private static final Duration LONG = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final MemoryNetwork network = new MemoryNetwork(time);
    private final FakeBroker broker = new FakeBroker("a", time).withTopic(TOPIC, 4);
    private final FakeNameServer first = new FakeNameServer().with(broker);
    private final FakeNameServer second = new FakeNameServer().with(broker);
    private final SimulatedClient client =
            new SimulatedClient("c", FIRST + ";" + SECOND, network, time);
    private final RouteCache routes = client.routes;

    RouteCacheTest() {
        broker.listen(network, "127.0.0.1:10911");
        first.listen(network, FIRST);
        second.listen(network, SECOND);
    }

    @Test
    void shouldAskOnceForManyWhoWant() {
        // given
        List<CompletableFuture<Route>> wanted = new ArrayList<>();

        // when
        for (int i = 0; i < 100; i++) {
            wanted.add(routes.route(TOPIC));
        }
        wanted.forEach(this::settled);
        settled(routes.route(TOPIC));

        // then
        assertThat(first.questions()).isEqualTo(1);
        assertThat(second.questions()).isZero();
    }

    @Test
    void shouldAskAgainEveryThirtySecondsAndTellOfChanges() {
        // given
        settled(routes.route(TOPIC));
        List<Route> told = new ArrayList<>();
        routes.watch(told::add);
        time.pass(Duration.ofSeconds(61));
        int toldBefore = told.size();

        // when
        broker.withTopic(TOPIC, 8);
        time.pass(Duration.ofSeconds(31));

        // then
        assertThat(first.questions()).isEqualTo(4);
        assertThat(toldBefore).isZero();
        assertThat(told).hasSize(1);
        assertThat(routes.peek(TOPIC)).hasValueSatisfying(r -> assertThat(r.writable()).hasSize(8));
    }

    @Test
    void shouldNotAskMoreThanTenTimesASecondAfterFailures() {
        // given
        settled(routes.route(TOPIC));

        // when
        for (int i = 0; i < 1_000; i++) {
            routes.refresh(TOPIC);
            time.passMillis(1);
        }

        // then
        assertThat(first.questions()).isBetween(5, 11);
    }

    @Test
    void shouldStayWithTheNameServerThatAnswers() {
        // given
        network.cutOff(FIRST);

        // when
        settled(routes.route(TOPIC));
        network.restore(FIRST);
        time.pass(Duration.ofSeconds(60));

        // then
        assertThat(first.questions()).isZero();
        assertThat(second.questions()).isEqualTo(3);
    }

    @Test
    void shouldAskTheNextNameServerWhenOneIsSilent() {
        // given
        network.silence(FIRST);

        // when
        CompletableFuture<Route> route = routes.route(TOPIC);
        long tookMillis = time.passUntil(route::isDone, LONG);

        // then
        assertThat(route.join().readable()).hasSize(4);
        assertThat(tookMillis).isBetween(3_000L, 3_010L);
    }

    @Test
    void shouldAskAllNameServersBeforeATopicCountsAsUnknown() {
        // given: the first has just started and knows nobody yet
        first.forget(broker);

        // when
        Route route = settled(routes.route(TOPIC));

        // then
        assertThat(route.readable()).hasSize(4);
        assertThatThrownBy(() -> settled(routes.route("unknown")))
                .hasCauseInstanceOf(NoRouteException.class)
                .hasMessageContaining("CODE: 17")
                .hasMessageContaining("topic unknown is unknown");
    }

    @Test
    void shouldKeepARouteThatNameServersHaveForgotten() {
        // given
        settled(routes.route(TOPIC));
        first.forget(broker);
        second.forget(broker);

        // when
        time.pass(Duration.ofSeconds(31));
        Route route = settled(routes.refresh(TOPIC));

        // then
        assertThat(route.readable()).hasSize(4);
    }

    @Test
    void shouldSayThatNoNameServerAnswers() {
        // given
        network.cutOff(FIRST);
        network.cutOff(SECOND);

        // when / then
        assertThatThrownBy(() -> settled(routes.route(TOPIC)))
                .hasCauseInstanceOf(NoRouteException.class)
                .hasMessageContaining(FIRST + ";" + SECOND)
                .hasMessageContaining("refused");
    }

    @Test
    void shouldStopAskingForATopicThatNobodyUses() {
        // given
        settled(routes.route(TOPIC));
        time.pass(Duration.ofMinutes(10));
        int before = first.questions();

        // when
        time.pass(Duration.ofMinutes(10));

        // then
        assertThat(first.questions()).isEqualTo(before);
        assertThat(settled(routes.route(TOPIC)).readable()).hasSize(4);
    }

    @Test
    void shouldNotWriteWithoutAMasterNorWithoutPermission() {
        // given
        BrokerData full = broker("full", 0L, "127.0.0.1:1", 1L, "127.0.0.1:2");
        BrokerData slaveOnly = broker("slave", 1L, "127.0.0.1:3");
        TopicRoute answer =
                new TopicRoute(
                        List.of(
                                new QueueData("full", 2, 1, 6, 0),
                                new QueueData("slave", 1, 1, 6, 0),
                                new QueueData("gone", 1, 1, 6, 0)),
                        List.of(full, slaveOnly));

        // when
        Route route = Route.of(TOPIC, answer);
        Route readOnly =
                Route.of(
                        TOPIC,
                        new TopicRoute(List.of(new QueueData("full", 1, 1, 4, 0)), List.of(full)));

        // then
        assertThat(route.writable()).containsExactly(new MessageQueue(TOPIC, "full", 0));
        assertThat(route.readable())
                .containsExactly(
                        new MessageQueue(TOPIC, "full", 0),
                        new MessageQueue(TOPIC, "full", 1),
                        new MessageQueue(TOPIC, "slave", 0));
        assertThat(readOnly.writable()).isEmpty();
        assertThat(route.masters()).containsExactly("127.0.0.1:1");
        assertThat(route.addresses()).containsExactly("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3");
        assertThat(route.addressFor(new MessageQueue(TOPIC, "slave", 0))).isEqualTo("127.0.0.1:3");
        assertThatThrownBy(() -> route.addressFor(new MessageQueue(TOPIC, "gone", 0)))
                .isInstanceOf(NetworkException.class);
    }

    @Test
    void shouldReadListsOfNameServers() {
        // given / when / then
        assertThat(NameServers.parse(" a:1; b:2 ;;a:1")).containsExactly("a:1", "b:2");
        assertThatThrownBy(() -> NameServers.parse(" ; "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BrokerData broker(String name, Object... idsAndAddresses) {
        TreeMap<Long, String> addresses = new TreeMap<>();
        for (int i = 0; i < idsAndAddresses.length; i += 2) {
            addresses.putAll(Map.of((Long) idsAndAddresses[i], (String) idsAndAddresses[i + 1]));
        }
        return new BrokerData("C1", name, addresses);
    }

    private <T> T settled(CompletableFuture<T> future) {
        time.passUntil(future::isDone, LONG);
        return future.join();
    }
}
