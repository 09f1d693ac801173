package bolide.protocol.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Hostile;
import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.topic.TopicConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrations of any age, plain and compressed. */
class BrokerRegistrationTest {
    private static final BrokerIdentity BROKER =
            new BrokerIdentity("C1", "bk", 0, "10.1.1.1:10911");
    private static final DataVersion VERSION = new DataVersion(0, 1700000000000L, 3);
    private static final TopicConfig ORDERS =
            new TopicConfig(
                    "Orders", 8, 8, 6, "SINGLE_TAG", 0, false, Map.of("message.type", "FIFO"));
    private static final BrokerRegistration REGISTRATION =
            new BrokerRegistration(BROKER, "10.1.1.1:10912", 45_000, VERSION, List.of(ORDERS));

    private static Frame frame(ByteBuffer body) {
        return Frame.request(RequestCode.REGISTER_BROKER, BROKER.encode().build(), body);
    }

    private static BrokerRegistration decode(ByteBuffer body) {
        return BrokerRegistration.decode(frame(body));
    }

    @Test
    void shouldReadAndWriteWhatApacheWrites() {
        // given
        ByteBuffer golden = Golden.body("route/registration.json");
        CRC32 crc = new CRC32();
        crc.update(golden.duplicate());

        // when
        Frame request = REGISTRATION.encode();

        // then
        assertThat(Golden.text(request.body())).isEqualTo(Golden.text(golden));
        assertThat(request.code()).isEqualTo(103);
        assertThat(request.fields())
                .isEqualTo(
                        Fields.builder()
                                .put("brokerName", "bk")
                                .put("brokerAddr", "10.1.1.1:10911")
                                .put("clusterName", "C1")
                                .put("brokerId", 0)
                                .put("haServerAddr", "10.1.1.1:10912")
                                .put("compressed", false)
                                .put("enableActingMaster", false)
                                .put("allTopics", true) // only ours say so
                                .put("bodyCrc32", crc.getValue() & 0x7FFFFFFF)
                                .put("heartbeatTimeoutMillis", 45_000)
                                .build());
        assertThat(BrokerRegistration.decode(request)).isEqualTo(REGISTRATION);
    }

    @Test
    void shouldReadWhatBrokersSentBeforeVersion37() {
        // when
        BrokerRegistration registration = decode(Golden.body("route/registration-old.json"));

        // then
        assertThat(registration.version()).isEqualTo(VERSION);
        assertThat(registration.topics()).containsExactly(TopicConfig.of("Orders", 8));
    }

    @Test
    void shouldReadACompressedBody() {
        // given
        ByteBuffer withMappings =
                Compressed.registration(
                        Golden.text("route/data-version.json"),
                        "Orders 8 8 6 SINGLE_TAG {\"message.type\":\"FIFO\"}",
                        "T 1 2 4 MULTI_TAG {}",
                        "%RETRY%G 1 1 6 SINGLE_TAG");

        // when
        BrokerRegistration registration = decode(withMappings);

        // then
        assertThat(registration)
                .isEqualTo(
                        new BrokerRegistration(
                                BROKER,
                                "",
                                0,
                                VERSION,
                                List.of(
                                        ORDERS,
                                        new TopicConfig(
                                                "T", 1, 2, 4, "MULTI_TAG", 0, false, Map.of()),
                                        TopicConfig.of("%RETRY%G", 1)),
                                false,
                                false));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                500,
                seeded -> {
                    // given
                    Map<String, TopicConfig> topics = new LinkedHashMap<>();
                    for (int left = seeded.below(5); left > 0; left--) {
                        TopicConfig topic = seeded.topic();
                        topics.put(topic.name(), topic);
                    }
                    BrokerRegistration registration =
                            new BrokerRegistration(
                                    new BrokerIdentity(
                                            seeded.text(),
                                            seeded.text(),
                                            seeded.number(),
                                            seeded.text()),
                                    seeded.text(),
                                    seeded.below(2) * 45_000L,
                                    new DataVersion(
                                            seeded.number(), seeded.number(), seeded.number()),
                                    List.copyOf(topics.values()),
                                    seeded.below(2) == 0,
                                    seeded.below(2) == 0);

                    // when, then
                    assertThat(BrokerRegistration.decode(registration.encode()))
                            .isEqualTo(registration);
                });
    }

    @Test
    void shouldRefuseABodyWithAnotherChecksum() {
        // given
        Frame request = REGISTRATION.encode();
        ByteBuffer body = Golden.utf8(Golden.text(request.body()).replace("Orders", "Others"));

        // when, then
        assertThatThrownBy(() -> BrokerRegistration.decode(request.withBody(body)))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("registration body has checksum \\d+, announced was \\d+");
    }

    @Test
    void shouldNotCheckABodyWithoutChecksum() {
        // given
        Fields zero = BROKER.encode().put("bodyCrc32", 0).build();
        ByteBuffer body = Golden.body("route/registration.json");

        // when, then
        assertThat(BrokerRegistration.decode(Frame.request(103, zero, body)).topics())
                .containsExactly(ORDERS);
        assertThat(decode(body).topics()).containsExactly(ORDERS);
    }

    @Test
    void shouldTakeATopicsNameFromItsKeyWhenItHasNoOther() {
        // given
        ByteBuffer body =
                Golden.utf8(
                        "{\"topicConfigSerializeWrapper\":{\"topicConfigTable\":"
                                + "{\"a\":{\"perm\":4},\"b\":null,\"c\":{\"topicName\":\"d\"}}}}");

        // when
        BrokerRegistration registration = decode(body);

        // then: absent numbers of queues are 16
        assertThat(registration.topics())
                .containsExactly(TopicConfig.of("a", 16).withPerm(4), TopicConfig.of("d", 16));
        assertThat(registration.version()).isEqualTo(DataVersion.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"topicConfigSerializeWrapper\":null}",
                "{\"topicConfigSerializeWrapper\":{\"topicConfigTable\":null}}",
                "{\"filterServerList\":[\"x\"]}",
                "{}"
            })
    void shouldTakeABrokerWithoutTopics(String body) {
        // when, then
        assertThat(decode(Golden.utf8(body)).topics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "y",
                "{\"topicConfigSerializeWrapper\":[]}",
                "{\"topicConfigSerializeWrapper\":{\"topicConfigTable\":{\"a\":1}}}",
                "{\"topicConfigSerializeWrapper\":{\"dataVersion\":3}}"
            })
    void shouldRefuseWhatIsNoRegistration(String body) {
        // when, then
        assertThatThrownBy(() -> decode(Golden.utf8(body)))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("body is not a registration: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Orders 8 8 6",
                "Orders 8 8 six SINGLE_TAG {}",
                "Orders 8 8 99999999999 SINGLE_TAG {}",
                "Orders 8 8 6 SINGLE_TAG []",
                "Orders 8 8 6 SINGLE_TAG {",
                "Orders 8 8 6 SINGLE_TAG {} {}",
                "Orders 8 8 6 SINGLE_TAG {}\",\"perm\":7}",
                ""
            })
    void shouldRefuseACompressedTopicThatIsNone(String topic) {
        // given
        ByteBuffer body = Compressed.registration("{}", topic);

        // when, then
        assertThatThrownBy(() -> decode(body)).isExactlyInstanceOf(InvalidRequestException.class);
    }

    @Test
    void shouldRefuseCompressedBodiesThatEndEarly() {
        // given
        ByteBuffer part = ByteBuffer.allocate(8).putInt(4).putInt(0).flip();
        ByteBuffer negative = ByteBuffer.allocate(4).putInt(-1).flip();
        ByteBuffer manyTopics =
                ByteBuffer.allocate(10)
                        .putInt(2)
                        .put(new byte[] {'{', '}'})
                        .putInt(Integer.MAX_VALUE)
                        .flip();
        ByteBuffer fewerThanNone = ByteBuffer.allocate(10).put(manyTopics.duplicate());
        fewerThanNone.putInt(6, -1).flip();
        ByteBuffer whole = Compressed.registration("{}", "T 1 1 6 SINGLE_TAG");

        // when, then
        for (ByteBuffer inside :
                List.of(part, negative, manyTopics, fewerThanNone, ByteBuffer.allocate(0))) {
            assertThatThrownBy(() -> decode(Compressed.deflated(inside)))
                    .isExactlyInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> decode(whole.limit(whole.limit() - 10)))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessage("compressed registration ends early");
    }

    @Test
    void shouldRefuseToInflateAHundredfold() {
        // given: 4 MB of zeros
        ByteBuffer bomb = Compressed.deflated(ByteBuffer.allocate(4 * 1024 * 1024));

        // when
        long allocated =
                Hostile.allocated(() ->
                        assertThatThrownBy(() -> decode(bomb))
                                .isExactlyInstanceOf(InvalidRequestException.class)
                                .hasMessageMatching(
                                        "registration inflates to more than \\d+ bytes"));

        // then
        assertThat(bomb.remaining()).isLessThan(5000);
        assertThat(allocated).isLessThan(3 * 100 * 5000);
    }

    @Test
    void shouldHoldTheShortestTopicsThereAre() {
        // given: numbers that no dictionary finds again, for the ratio's sake
        Seeded seeded = new Seeded(0);
        String[] lines = new String[50_000];
        Arrays.setAll(lines, i -> seeded.name(1) + " " + seeded.below(10) + " 1 1 b");
        int inflated = 13 * lines.length;
        ByteBuffer body = Compressed.registration("{}", lines);

        // when
        long allocated = Hostile.allocated(() -> decode(body));

        // then
        assertThat(allocated).isLessThan(40L * inflated);
    }

    @Test
    void shouldInflateAnOrdinaryRegistrationOfManyTopics() {
        // given
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add("topic-" + i + " 8 8 6 SINGLE_TAG {}");
        }

        // when
        BrokerRegistration registration =
                decode(Compressed.registration("{}", lines.toArray(new String[0])));

        // then
        assertThat(registration.topics()).hasSize(20_000);
    }

    @Test
    void shouldReadAttributesOfOneHashCodeQuickly() {
        // given
        List<String> names = Hostile.namesOfOneHashCode(65_536);
        String attributes = Hostile.object(names, "\"\"");
        ByteBuffer plain =
                Golden.utf8("{\"topicConfigTable\":{\"a\":{\"attributes\":" + attributes + "}}}");

        // when
        Duration taken = Hostile.time(() -> decode(plain.duplicate()));

        // then
        assertThat(taken).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void shouldNeedEveryFieldOfTheBroker() {
        for (String field : List.of("clusterName", "brokerName", "brokerId", "brokerAddr")) {
            // given
            Fields.Builder others = Fields.builder();
            BROKER.encode()
                    .build()
                    .forEach((name, value) -> {
                        if (!name.equals(field)) {
                            others.put(name, value);
                        }
                    });
            Frame request = Frame.request(RequestCode.UNREGISTER_BROKER, others.build());

            // when, then
            assertThatThrownBy(() -> BrokerIdentity.decode(request))
                    .isExactlyInstanceOf(InvalidRequestException.class)
                    .hasMessage("header field " + field + " is missing");
        }
    }

    @Test
    void shouldTakeAHeartbeatWithoutIdForTheMasters() {
        // given
        Fields fields =
                Fields.builder()
                        .put("clusterName", "C1")
                        .put("brokerName", "bk")
                        .put("brokerAddr", "10.1.1.1:10911")
                        .build();

        // when, then
        assertThat(BrokerIdentity.decode(Frame.request(RequestCode.BROKER_HEARTBEAT, fields)))
                .isEqualTo(BROKER);
        assertThat(BrokerIdentity.decode(Frame.request(104, BROKER.encode().build())))
                .isEqualTo(BROKER);
    }
}
