package bolide.protocol.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Hostile;
import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.RequestCode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients say of themselves and their groups. */
class HeartbeatTest {
    private static final Heartbeat HEARTBEAT =
            new Heartbeat(
                    "10.1.1.9@4711#88",
                    List.of("P"),
                    List.of(
                            new ConsumerData(
                                    "G",
                                    "CONSUME_PASSIVELY",
                                    "CLUSTERING",
                                    "CONSUME_FROM_LAST_OFFSET",
                                    List.of(
                                            new Subscription(
                                                    "Orders",
                                                    "TagA || TagB",
                                                    "TAG",
                                                    Set.of("TagA"),
                                                    1700000000000L)))),
                    0,
                    false);

    private static Heartbeat decode(String body) {
        return Heartbeat.decode(
                Frame.request(RequestCode.HEART_BEAT, Fields.NONE, Golden.utf8(body)));
    }

    private static Subscription seededSubscription(Seeded seeded) {
        return new Subscription(
                seeded.name(),
                seeded.textWithLoneSurrogates(),
                seeded.coin() ? "TAG" : "SQL92",
                new LinkedHashSet<>(seeded.list(4, seeded::text)),
                seeded.number());
    }

    private static ConsumerData seededConsumer(Seeded seeded) {
        return new ConsumerData(
                seeded.name(),
                seeded.name(),
                seeded.name(),
                seeded.name(),
                seeded.list(3, () -> seededSubscription(seeded)));
    }

    @Test
    void shouldReadAndWriteWhatApacheWrites() {
        // when
        Frame request = HEARTBEAT.encode();

        // then
        assertThat(decode(Golden.text("group/heartbeat.json"))).isEqualTo(HEARTBEAT);
        assertThat(request.code()).isEqualTo(34);
        assertThat(Golden.text(request.body())).isEqualTo(Golden.text("group/heartbeat.json"));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    Heartbeat heartbeat =
                            new Heartbeat(
                                    seeded.text(),
                                    seeded.list(3, seeded::text),
                                    seeded.list(3, () -> seededConsumer(seeded)),
                                    seeded.integer(),
                                    seeded.coin());

                    // when, then
                    assertThat(Heartbeat.decode(heartbeat.encode())).isEqualTo(heartbeat);
                });
    }

    @Test
    void shouldTakeNullsAndAbsentKeysForDefaults() {
        // when, then
        assertThat(decode("{}")).isEqualTo(new Heartbeat("", List.of(), List.of(), 0, false));
        assertThat(
                        decode(
                                "{\"clientID\":null,\"producerDataSet\":null,\"consumerDataSet\":"
                                        + "[{\"subscriptionDataSet\":[{\"tagsSet\":null}]}]}"))
                .isEqualTo(
                        new Heartbeat(
                                "",
                                List.of(),
                                List.of(
                                        new ConsumerData(
                                                "",
                                                ConsumerData.PUSH,
                                                ConsumerData.CLUSTERING,
                                                ConsumerData.FROM_LAST,
                                                List.of(
                                                        new Subscription(
                                                                "", "*", "TAG", Set.of(), 0)))),
                                0,
                                false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"clientID\":{}}",
                "{\"producerDataSet\":[\"P\"]}",
                "{\"consumerDataSet\":[[]]}",
                "{\"heartbeatFingerprint\":4294967296}"
            })
    void shouldRefuseWhatIsNoHeartbeat(String body) {
        // when, then
        assertThatThrownBy(() -> decode(body))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("body is not a heartbeat: ");
    }

    @Test
    void shouldReadTagsOfOneHashCodeQuickly() {
        // given
        String tags = Hostile.array(Hostile.namesOfOneHashCode(65_536));
        String body =
                "{\"consumerDataSet\":[{\"subscriptionDataSet\":[{\"tagsSet\":" + tags + "}]}]}";

        // when
        Duration taken = Hostile.time(() -> decode(body));

        // then
        assertThat(taken).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void shouldTakeATagExpressionApart() {
        // when, then
        assertThat(Subscription.ofTags("T", " TagB||TagA ||  || TagB", 3))
                .isEqualTo(
                        new Subscription(
                                "T", " TagB||TagA ||  || TagB", "TAG", Set.of("TagA", "TagB"), 3));
        assertThat(Subscription.ofTags("T", "b||a||c", 0).tags()).containsExactly("b", "a", "c");
        for (String all : List.of("", " ", "*", " * ", "||", " || ")) {
            assertThat(Subscription.ofTags("T", all, 1))
                    .isEqualTo(new Subscription("T", "*", "TAG", Set.of(), 1));
        }
    }

    @Test
    void shouldKnowSubscriptionsByTag() {
        // when, then
        assertThat(new Subscription("T", "*", "TAG", Set.of(), 0).isByTag()).isTrue();
        assertThat(new Subscription("T", "*", "", Set.of(), 0).isByTag()).isTrue();
        assertThat(new Subscription("T", "a > 1", "SQL92", Set.of(), 0).isByTag()).isFalse();
    }

    @Test
    void shouldReadAndWriteConsumerIds() {
        // given
        List<String> ids = List.of("10.1.1.9@4711#88", "10.1.1.10@12#99");

        // when, then
        assertThat(ConsumerIds.decode(Golden.body("group/consumer-ids.json"))).isEqualTo(ids);
        assertThat(Golden.text(ConsumerIds.encode(ids)))
                .isEqualTo(Golden.text("group/consumer-ids.json"));
        assertThat(ConsumerIds.decode(Golden.utf8("{}"))).isEmpty();
        assertThatThrownBy(() -> ConsumerIds.decode(Golden.utf8("[]")))
                .isExactlyInstanceOf(InvalidRequestException.class);
        Seeded.forEach(
                500,
                seeded -> {
                    List<String> some = seeded.list(9, seeded::text);
                    assertThat(ConsumerIds.decode(ConsumerIds.encode(some))).isEqualTo(some);
                });
    }

    @Test
    void shouldAskForAndTellOfAGroupsMembers() {
        // when
        Frame request = ConsumerIds.request("G");
        Frame news = ConsumerIds.changed("G");

        // then
        assertThat(request.code()).isEqualTo(38);
        assertThat(request.isOneWay()).isFalse();
        assertThat(ConsumerIds.groupOf(request)).isEqualTo("G");
        assertThat(news.code()).isEqualTo(40);
        assertThat(news.isOneWay()).isTrue();
        assertThat(news.fields()).isEqualTo(Fields.builder().put("consumerGroup", "G").build());
    }

    @Test
    void shouldReadBackTheFarewellItWrites() {
        // given
        for (UnregisterClient farewell :
                List.of(
                        new UnregisterClient("c", "p", "g"),
                        new UnregisterClient("c", "", "g"),
                        new UnregisterClient("c", "p", ""))) {
            // when
            Frame request = farewell.encode();

            // then
            assertThat(request.code()).isEqualTo(35);
            assertThat(UnregisterClient.decode(request)).isEqualTo(farewell);
        }
        assertThat(new UnregisterClient("c", "", "g").encode().fields())
                .isEqualTo(Fields.builder().put("clientID", "c").put("consumerGroup", "g").build());
    }
}
