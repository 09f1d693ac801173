package bolide.protocol.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Hostile;
import bolide.protocol.Seeded;
import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.json.JsonWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics in their three written forms: as JSON, as a line, as the fields of request 17. */
class TopicConfigTest {
    private static final TopicConfig ORDERS =
            new TopicConfig(
                    "Orders", 8, 8, 6, "SINGLE_TAG", 0, false, Map.of("message.type", "FIFO"));

    private static TopicConfig read(String json) {
        return JsonBody.read(Golden.utf8(json), "a topic", TopicConfig::read);
    }

    private static String written(TopicConfig topic) {
        JsonWriter json = new JsonWriter();
        topic.write(json);
        return json.toString();
    }

    @Test
    void shouldReadAndWriteWhatApacheWrites() {
        // when, then
        assertThat(read(Golden.text("topic/topic-config.json"))).isEqualTo(ORDERS);
        assertThat(written(ORDERS)).isEqualTo(Golden.text("topic/topic-config.json"));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    TopicConfig topic = seeded.topic();

                    // when, then
                    assertThat(read(written(topic))).isEqualTo(topic);
                });
    }

    @Test
    void shouldTakeWhatIsAbsentOrNullAsApacheDoes() {
        // given
        TopicConfig bare = TopicConfig.of("", 16);

        // when, then
        assertThat(read("{}")).isEqualTo(bare);
        assertThat(
                        read(
                                "{\"topicName\":null,\"readQueueNums\":null,\"perm\":null,"
                                    + "\"attributes\":null,\"order\":null,\"topicSysFlag\":null,"
                                    + "\"topicFilterType\":null,\"writeQueueNums\":null}"))
                .isEqualTo(bare);
        assertThat(read("{\"attributes\":{\"a\":null,\"b\":7}}").attributes())
                .isEqualTo(Map.of("b", "7"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "Orders 8 8 6 SINGLE_TAG {\"message.type\":\"FIFO\"}",
                "Orders 8 8 6 SINGLE_TAG  { \"message.type\" : \"FIFO\" } "
            })
    void shouldReadALine(String line) {
        // when, then
        assertThat(TopicConfig.ofLine(line)).isEqualTo(ORDERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "T 1 2 4 MULTI_TAG",
                "T 1 2 4 MULTI_TAG ",
                "T 1 2 4 MULTI_TAG {}",
                "T 1 2 4 MULTI_TAG null"
            })
    void shouldReadALineWithoutAttributes(String line) {
        // when, then
        assertThat(TopicConfig.ofLine(line))
                .isEqualTo(new TopicConfig("T", 1, 2, 4, "MULTI_TAG", 0, false, Map.of()));
    }

    @Test
    void shouldKeepItsAttributesToItself() {
        // given
        Map<String, String> attributes = new HashMap<>(Map.of("b", "1", "a", "2"));
        TopicConfig topic = new TopicConfig("T", 1, 1, 6, "SINGLE_TAG", 0, false, attributes);

        // when
        attributes.clear();

        // then
        assertThat(topic.attributes()).containsExactly(Map.entry("a", "2"), Map.entry("b", "1"));
        assertThatThrownBy(() -> topic.attributes().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldCountTheQueuesOfReadersAndWriters() {
        // when, then
        assertThat(TopicConfig.ofLine("T 3 5 6 SINGLE_TAG").queues()).isEqualTo(5);
        assertThat(TopicConfig.ofLine("T 5 3 6 SINGLE_TAG").queues()).isEqualTo(5);
        assertThat(ORDERS.withPerm(4).perm()).isEqualTo(4);
        assertThat(ORDERS.withPerm(4).withPerm(6)).isEqualTo(ORDERS);
        assertThat(ORDERS.withName("T").withName("Orders")).isEqualTo(ORDERS);
    }

    @Test
    void shouldReadBackTheCreationItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    TopicConfig seededConfig = seeded.topic();
                    Map<String, String> attributes = new HashMap<>();
                    seeded.properties()
                            .forEach((name, value) -> attributes.put(name, value.replace(",", "")));
                    CreateTopic create =
                            new CreateTopic(
                                    new TopicConfig(
                                            seededConfig.name(),
                                            seededConfig.readQueues(),
                                            seededConfig.writeQueues(),
                                            seededConfig.perm(),
                                            seededConfig.filterType(),
                                            seededConfig.sysFlag(),
                                            seededConfig.order(),
                                            attributes),
                                    seeded.text());

                    // when, then
                    assertThat(CreateTopic.decode(create.encode())).isEqualTo(create);
                });
    }

    @Test
    void shouldCreateATopicFromFields() {
        // given
        Fields fields =
                Fields.builder()
                        .put("topic", "Orders")
                        .put("defaultTopic", "TBW102")
                        .put("readQueueNums", 8)
                        .put("writeQueueNums", 8)
                        .put("perm", 6)
                        .put("attributes", "+message.type=FIFO,-cleanup.policy")
                        .build();

        // when
        CreateTopic create = CreateTopic.decode(Frame.request(17, fields));

        // then
        assertThat(create.config()).isEqualTo(ORDERS.withAttributes(Map.of()));
        assertThat(create.attributes().applyTo(Map.of("cleanup.policy", "DELETE")))
                .isEqualTo(ORDERS.attributes());
        assertThat(create.encode().code()).isEqualTo(17);
        assertThat(create.encode().fields().text("attributes"))
                .isEqualTo("+message.type=FIFO,-cleanup.policy");
    }

    @Test
    void shouldCreateSeveralTopicsFromABody() {
        // given
        List<TopicConfig> topics = List.of(ORDERS, TopicConfig.of("T", 3));

        // when
        Frame request = CreateTopic.encodeList(topics);

        // then
        assertThat(request.code()).isEqualTo(18);
        assertThat(CreateTopic.decodeList(request))
                .containsExactly(
                        new CreateTopic(ORDERS, ""), new CreateTopic(TopicConfig.of("T", 3), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b", "+", "+=b", "+a", "a", "+a=1,b=2"})
    void shouldRefuseChangesOfAttributesThatAreNone(String changes) {
        // given
        Fields fields =
                Fields.builder()
                        .put("topic", "T")
                        .put("readQueueNums", 1)
                        .put("writeQueueNums", 1)
                        .put("perm", 6)
                        .put("attributes", changes)
                        .build();

        // when, then
        assertThatThrownBy(() -> CreateTopic.decode(Frame.request(17, fields)))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("an attribute is set by +name=value");
    }

    @Test
    void shouldReadChangesOfAttributesOfOneHashCodeQuickly() {
        // given
        StringBuilder changes = new StringBuilder();
        Hostile.namesOfOneHashCode(20_000)
                .forEach(name -> changes.append('+').append(name).append("=,"));
        Fields fields =
                Fields.builder()
                        .put("topic", "T")
                        .put("readQueueNums", 1)
                        .put("writeQueueNums", 1)
                        .put("perm", 6)
                        .put("attributes", changes.toString())
                        .build();

        // when
        Duration taken = Hostile.time(() -> CreateTopic.decode(Frame.request(17, fields)));

        // then
        assertThat(taken).isLessThan(Duration.ofMillis(500));
    }
}
