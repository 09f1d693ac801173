package bolide.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import com.alibaba.fastjson2.TypeReference;
import com.alibaba.fastjson2.reader.ObjectReaderProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares the reader with the library that Apache's peers read and write with. */
class JsonOracleTest {
    /** A queue as the library sees it: a bean. */
    public static final class Queue {
        public String brokerName;
        public int queueId;
        public String topic;

        @Override
        public boolean equals(Object other) {
            return other instanceof Queue that && toString().equals(that.toString());
        }

        @Override
        public int hashCode() {
            return Objects.hash(brokerName, queueId, topic);
        }

        @Override
        public String toString() {
            return topic + " " + brokerName + " " + queueId;
        }
    }

    private static JsonReader reader(String text) {
        return new JsonReader(Golden.utf8(text), 16);
    }

    /** Takes whole numbers of any width for long. */
    private static Object widened(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> wide = new LinkedHashMap<>();
            map.forEach((name, entry) -> wide.put((String) name, widened(entry)));
            return wide;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonOracleTest::widened).toList();
        }
        return value instanceof Number number ? Long.valueOf(number.longValue()) : value;
    }

    private static Queue seededQueue(Seeded seeded) {
        Queue queue = new Queue();
        queue.brokerName = seeded.text();
        queue.queueId = seeded.integer();
        queue.topic = seeded.text();
        return queue;
    }

    private static Queue readQueue(JsonReader json) {
        Queue queue = new Queue();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "brokerName" -> queue.brokerName = json.nextText(null);
                case "queueId" -> queue.queueId = json.nextInt(0);
                case "topic" -> queue.topic = json.nextText(null);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return queue;
    }

    @Test
    void shouldAskALibraryThatMakesNoClassesFromText() {
        // when, then
        assertThat(ObjectReaderProvider.SAFE_MODE).isTrue();
    }

    @Test
    void shouldReadStandardTextsAsTheLibraryDoes() {
        Seeded.forEach(
                2000,
                seeded -> {
                    // given
                    StringBuilder text = new StringBuilder();
                    Tree.write(Tree.madeUp(seeded, 6), seeded, text);
                    Object expected = widened(JSON.parse(text.toString()));

                    // when
                    JsonReader json = reader(text.toString());
                    Object found = Tree.read(json, expected);
                    json.end();

                    // then
                    assertThat(found).as(text.toString()).isEqualTo(expected);
                });
    }

    @Test
    void shouldReadWhatTheLibraryWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given: no lone surrogates, which the library writes as question marks
                    Map<String, Object> tree = new LinkedHashMap<>();
                    seeded.properties().forEach(tree::put);
                    tree.put("n", seeded.number());
                    tree.put("b", seeded.coin());
                    tree.put("list", seeded.list(5, seeded::text));
                    String text =
                            seeded.coin()
                                    ? JSON.toJSONString(tree)
                                    : JSON.toJSONString(tree, JSONWriter.Feature.PrettyFormat);

                    // when
                    JsonReader json = reader(text);
                    Object found = Tree.read(json, tree);
                    json.end();

                    // then
                    assertThat(found).as(text).isEqualTo(tree);
                });
    }

    @Test
    void shouldReadBareNumericKeysAsTheLibraryDoes() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    Map<Long, String> map = new LinkedHashMap<>();
                    for (int left = seeded.below(6); left > 0; left--) {
                        map.put(seeded.number(), seeded.text());
                    }
                    String text = JSON.toJSONString(map);

                    // when
                    Map<Long, String> theirs =
                            JSON.parseObject(text, new TypeReference<Map<Long, String>>() {});
                    Map<Long, String> ours = new LinkedHashMap<>();
                    JsonReader json = reader(text);
                    json.beginObject();
                    while (json.hasNext()) {
                        ours.put(Long.valueOf(json.nextName()), json.nextText(""));
                    }
                    json.endObject();
                    json.end();

                    // then
                    assertThat(ours).as(text).isEqualTo(theirs).isEqualTo(map);
                    if (!map.isEmpty()) {
                        assertThat(text).matches("(?s)\\{-?[0-9].*");
                    }
                });
    }

    @Test
    void shouldReadObjectsAsKeysAsTheLibraryDoes() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    Map<Queue, Long> map = new LinkedHashMap<>();
                    for (int left = seeded.below(6); left > 0; left--) {
                        map.put(seededQueue(seeded), seeded.number());
                    }
                    String text = JSON.toJSONString(map);

                    // when
                    Map<Queue, Long> theirs =
                            JSON.parseObject(text, new TypeReference<Map<Queue, Long>>() {});
                    Map<Queue, Long> ours = new LinkedHashMap<>();
                    JsonReader json = reader(text);
                    json.beginObject();
                    while (json.hasNext()) {
                        ours.put(readQueue(reader(json.nextName())), json.nextLong(0));
                    }
                    json.endObject();
                    json.end();

                    // then
                    assertThat(ours).as(text).isEqualTo(theirs).isEqualTo(map);
                    if (!map.isEmpty()) {
                        assertThat(text).startsWith("{{\"brokerName\":");
                    }
                });
    }
}
