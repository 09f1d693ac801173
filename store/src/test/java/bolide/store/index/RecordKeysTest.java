package bolide.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordView;
import bolide.protocol.message.TagHash;
import bolide.store.Records;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class RecordKeysTest {
    private static final int SEED = 11;
    private static final String[] NAMES = {
        "UNIQ_KEY", "KEYS", "TAGS", "WAIT", "é", "TAGSX", "T", "UNIQ_KEX", "AGS"
    };

    private final RecordKeys keys = new RecordKeys();

    private void look(String topic, String properties) {
        NewRecord record = Records.of(topic, 0, new byte[3], properties, 0);
        ByteBuffer bytes = ByteBuffer.allocate(record.encodedBytes());
        record.encode(bytes, new CRC32());
        RecordView view = new RecordView();
        assertThat(view.look(bytes, 0, bytes.capacity())).isEqualTo(RecordView.Found.RECORD);
        keys.look(view);
        Arrays.fill(bytes.array(), (byte) 0xFF); // they have been copied
    }

    private Set<Integer> hashes() {
        Set<Integer> found = new HashSet<>();
        keys.forEach(found::add);
        return found;
    }

    private static int hash(String topic, KeyKind kind, String key) {
        return KeyHash.ofKey(
                KeyHash.ofTopic(topic.getBytes(StandardCharsets.UTF_8)),
                kind,
                key.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldFindEveryKeyOnItsOwn() {
        // given // when
        look("a", "KEYS\1 k1  k2 \2UNIQ_KEY\1u\2TAGS\1t\2");

        // then
        assertThat(hashes())
                .containsExactlyInAnyOrder(
                        hash("a", KeyKind.KEY, "k1"),
                        hash("a", KeyKind.KEY, "k2"),
                        hash("a", KeyKind.UNIQUE, "u"),
                        hash("a", KeyKind.TAG, "t"));
        assertThat(keys.has(KeyKind.KEY, new byte[] {'k', '2'})).isTrue();
        assertThat(keys.has(KeyKind.KEY, new byte[] {'k'})).isFalse();
        assertThat(keys.has(KeyKind.UNIQUE, new byte[] {'t'})).isFalse();
    }

    /// Names and values of all lengths, so that their ends come to lie anywhere within eight bytes.
    @Test
    void shouldFindWhatDecodingFindsWhereverItStands() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            // given
            Map<String, String> properties = new LinkedHashMap<>();
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(6); left > 0; left--) {
                String name = NAMES[random.nextInt(NAMES.length)];
                String value = text(random, random.nextInt(20));
                properties.put(name, value);
                text.append(name).append('\1').append(value).append('\2');
            }
            String topic = "t".repeat(1 + random.nextInt(12));

            // when
            look(topic, text.toString());

            // then
            assertThat(MessageProperties.decode(text.toString())).isEqualTo(properties);
            Set<Integer> expected = new HashSet<>();
            String unique = properties.getOrDefault("UNIQ_KEY", "");
            if (!unique.isEmpty()) {
                expected.add(hash(topic, KeyKind.UNIQUE, unique));
            }
            String tag = properties.getOrDefault("TAGS", "");
            if (!tag.isEmpty()) {
                expected.add(hash(topic, KeyKind.TAG, tag));
            }
            for (String key : properties.getOrDefault("KEYS", "").split(" ")) {
                if (!key.isEmpty()) {
                    expected.add(hash(topic, KeyKind.KEY, key));
                }
            }
            assertThat(hashes()).as(text.toString()).isEqualTo(expected);
            assertThat(keys.tagHash()).isEqualTo(TagHash.of(tag));
        }
    }

    private static String text(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(20) == 0 ? '日' : anyBut2(random));
        }
        return text.toString();
    }

    /// @return what may stand in a value, and often one that is taken for an end at first sight
    private static char anyBut2(SplittableRandom random) {
        int any = random.nextInt(random.nextBoolean() ? 4 : 128);
        return (char) (any == 2 ? 3 : any);
    }
}
