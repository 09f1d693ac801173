package bolide.protocol.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.Language;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.topic.TopicConfig;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes and the two ways to write their keys. */
class TopicRouteTest {
    private static final TopicRoute ROUTE =
            new TopicRoute(
                    List.of(new QueueData("bk", 8, 8, 6, 0)),
                    List.of(
                            new BrokerData(
                                    "C1",
                                    "bk",
                                    new TreeMap<>(
                                            Map.of(0L, "10.1.1.1:10911", 1L, "10.1.1.2:10911")))));

    static BrokerData seededBroker(Seeded seeded) {
        SortedMap<Long, String> addresses = new TreeMap<>();
        for (int left = seeded.below(4); left > 0; left--) {
            addresses.put(seeded.number(), seeded.text());
        }
        return new BrokerData(seeded.text(), seeded.text(), addresses, seeded.below(2) == 0);
    }

    private static TopicRoute seededRoute(Seeded seeded) {
        return new TopicRoute(
                seeded.list(
                        4,
                        () ->
                                new QueueData(
                                        seeded.textWithLoneSurrogates(),
                                        seeded.integer(),
                                        seeded.integer(),
                                        seeded.integer(),
                                        seeded.integer())),
                seeded.list(4, () -> seededBroker(seeded)),
                seeded.text());
    }

    @ParameterizedTest
    @CsvSource({"BARE, route/topic-route-bare.json", "QUOTED, route/topic-route-quoted.json"})
    void shouldReadAndWriteWhatApacheWrites(MapKeys keys, String file) {
        // when, then
        assertThat(TopicRoute.decode(Golden.body(file))).isEqualTo(ROUTE);
        assertThat(Golden.text(ROUTE.encode(keys))).isEqualTo(Golden.text(file));
    }

    @Test
    void shouldReadARouteWithEverythingInIt() {
        // when
        TopicRoute route = TopicRoute.decode(Golden.body("route/topic-route-full.json"));

        // then
        assertThat(route.queues()).isEqualTo(ROUTE.queues());
        assertThat(route.brokers())
                .containsExactly(
                        new BrokerData("C1", "bk", new TreeMap<>(Map.of(0L, "10.1.1.1:10911"))));
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadBackWhatItWrites(MapKeys keys) {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    TopicRoute route = seededRoute(seeded);

                    // when, then
                    assertThat(TopicRoute.decode(route.encode(keys))).isEqualTo(route);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "0, , BARE",
        "399, , BARE", // 4.9.3
        "400, , BARE",
        "401, , QUOTED", // 4.9.4
        "475, , QUOTED",
        "513, , QUOTED",
        "612, , QUOTED",
        "0, true, QUOTED",
        "399, TRUE, QUOTED",
        "399, false, BARE",
        "475, false, QUOTED"
    })
    void shouldWriteKeysAsTheAskerReadsThem(int version, String standardOnly, MapKeys keys) {
        // given
        Fields.Builder fields = Fields.builder().put("topic", "Orders");
        if (standardOnly != null) {
            fields.put("acceptStandardJsonOnly", standardOnly);
        }
        Frame request =
                new Frame(
                        HeaderFormat.JSON,
                        RequestCode.GET_ROUTEINFO_BY_TOPIC,
                        Language.GO,
                        version,
                        1,
                        0,
                        "",
                        fields.build(),
                        Frame.emptyBody());

        // when, then
        assertThat(TopicRoute.keysFor(request)).isEqualTo(keys);
    }

    @Test
    void shouldAskForATopicInStandardJson() {
        // when
        Frame request = TopicRoute.request("Orders");

        // then
        assertThat(request.code()).isEqualTo(105);
        assertThat(TopicRoute.topicOf(request)).isEqualTo("Orders");
        assertThat(TopicRoute.keysFor(request)).isEqualTo(MapKeys.QUOTED);
        assertThatThrownBy(() -> TopicRoute.topicOf(Frame.request(105, Fields.NONE)))
                .isExactlyInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{\"brokerDatas\":[{\"brokerAddrs\":{\"a\\nb\":\"x\"}}]}",
                "{\"brokerDatas\":[{\"brokerAddrs\":{{}:\"x\"}}]}",
                "{\"queueDatas\":[{\"perm\":\"rw\"}]}",
                "{} {}"
            })
    void shouldRefuseWhatIsNoRoute(String body) {
        // when, then
        assertThatThrownBy(() -> TopicRoute.decode(Golden.utf8(body)))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("body is not a route: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void shouldTakeNullsAndAbsentKeysForNothing() {
        // when, then
        assertThat(TopicRoute.decode(Golden.utf8("{}")))
                .isEqualTo(new TopicRoute(List.of(), List.of()));
        assertThat(
                        TopicRoute.decode(
                                Golden.utf8(
                                        "{\"brokerDatas\":[{\"brokerAddrs\":null}],\"queueDatas\":null}")))
                .isEqualTo(
                        new TopicRoute(
                                List.of(), List.of(new BrokerData("", "", new TreeMap<>()))));
    }

    @Test
    void shouldTakeItsQueuesFromATopic() {
        // given
        TopicConfig topic = TopicConfig.of("Orders", 8);

        // when, then
        assertThat(QueueData.of("bk", topic)).isEqualTo(ROUTE.queues().get(0));
    }

    @Test
    void shouldKeepABrokersAddressesToItself() {
        // given
        SortedMap<Long, String> addresses = new TreeMap<>(Map.of(0L, "a"));
        BrokerData broker = new BrokerData("C1", "bk", addresses);

        // when
        addresses.put(1L, "b");

        // then
        assertThat(broker.addresses()).containsOnlyKeys(0L);
        assertThatThrownBy(() -> broker.addresses().put(2L, "c"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
