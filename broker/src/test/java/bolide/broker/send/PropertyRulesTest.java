package bolide.broker.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.MessageProperties;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Texts as producers write them, and as nobody should.
class PropertyRulesTest {
    private static final String[] PARTS = {
        "\1",
        "\2",
        "UNIQ_KEY\1k1\2",
        "UNIQ_KEY\1",
        "TAGS\1a\2",
        "TRACE_ON\1false\2",
        "REAL_TOPIC",
        "DELAY\0010\2",
        "__CRC32#\1123\2",
        "x\1y\1z\2",
        "\1v\2",
        "w",
        "\u00e9\1\u20ac\2"
    };

    private final PropertyRules rules =
            new PropertyRules("C", new UniqueKeys(InstantSource.system(), new byte[10]));

    private PropertyRules.Ruling.Taken taken(String text) {
        return (PropertyRules.Ruling.Taken) rules.rule(utf8(text));
    }

    private static ByteBuffer utf8(String text) {
        ByteBuffer padded = ByteBuffer.allocateDirect(3 * text.length() + 2).put((byte) 9);
        return padded.put(text.getBytes(UTF_8)).flip().position(1);
    }

    @Test
    void shouldTakeAnyTextAsItsPropertiesWithoutThoseOfTheBroker() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            // given
            StringBuilder text = new StringBuilder();
            for (int parts = random.nextInt(8); parts > 0; parts--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            Map<String, String> wanted = MessageProperties.decode(text.toString());
            wanted.keySet().removeAll(Set.of("TRACE_ON", "REAL_TOPIC", "__CRC32#"));

            // when
            PropertyRules.Ruling.Taken taken = taken(text.toString());

            // then
            wanted.putIfAbsent("UNIQ_KEY", taken.uniqueKey());
            wanted.put("CLUSTER", "C");
            wanted.put("MSG_REGION", "DefaultRegion");
            wanted.put("TRACE_ON", "true");
            String stored = new String(taken.stored(), UTF_8);
            assertThat(MessageProperties.decode(stored)).as("of %s", text).isEqualTo(wanted);
            assertThat(taken.uniqueKey()).isEqualTo(wanted.get("UNIQ_KEY"));
            assertThat(stored).endsWith("\2");
        }
    }

    @Test
    void shouldMakeAKeyOnlyWhereThereIsNone() {
        // given, when, then
        assertThat(taken("UNIQ_KEY\1mine\2").uniqueKey()).isEqualTo("mine");
        assertThat(taken("").uniqueKey()).hasSize(32).isNotEqualTo(taken("").uniqueKey());
    }

    @Test
    void shouldRefuseWhatAsksForAFeatureEvenOnce() {
        // given, when
        PropertyRules.Ruling ruling = rules.rule(utf8("DELAY\0013\2DELAY\0010\2"));

        // then
        assertThat(ruling)
                .isInstanceOfSatisfying(
                        PropertyRules.Ruling.Refused.class,
                        refused ->
                                assertThat(refused.problem())
                                        .contains("property DELAY asks for delayed messages"));
    }
}
