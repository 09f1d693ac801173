package bolide.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the writer writes, character by character. */
class JsonWriterTest {
    private static void write(JsonWriter json, Object value) {
        if (value instanceof Map<?, ?> map) {
            json.beginObject();
            map.forEach((name, entry) -> {
                json.name((String) name);
                write(json, entry);
            });
            json.endObject();
        } else if (value instanceof List<?> list) {
            json.beginArray();
            list.forEach(element -> write(json, element));
            json.endArray();
        } else if (value instanceof Boolean truth) {
            json.value(truth);
        } else if (value instanceof Long number) {
            json.value(number);
        } else {
            json.value(value == null ? "null" : (String) value);
        }
    }

    @Test
    void shouldWriteWhatTheReaderReads() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    Object tree = Tree.madeUp(seeded, 6);
                    JsonWriter json = new JsonWriter();

                    // when
                    write(json, tree);

                    // then
                    JsonReader reader = new JsonReader(Golden.utf8(json.toString()), 16);
                    Object found = Tree.read(reader, tree);
                    reader.end();
                    assertThat(found.toString()).isEqualTo(tree == null ? "null" : tree.toString());
                });
    }

    @Test
    void shouldPutCommasBetweenEntriesOnly() {
        // given
        JsonWriter json = new JsonWriter();

        // when
        json.beginObject();
        json.name("a").beginArray().endArray();
        json.name("b").beginArray().value(1).value("x").value(true);
        json.beginObject().endObject().beginObject().name("y").value(2).endObject().endArray();
        json.bareName(-7).value("z").name("").beginObject().endObject();
        json.endObject();

        // then
        assertThat(json)
                .hasToString("{\"a\":[],\"b\":[1,\"x\",true,{},{\"y\":2}],-7:\"z\",\"\":{}}");
    }

    @Test
    void shouldEscapeWhatMustBeAndNothingElse() {
        // given
        String text = "\0\1\2\b\t\n\f\r\u001f \"\\/\u007f\u00e9\u4e1c\ud83d\ude00";

        // when
        JsonWriter json = new JsonWriter().value(text);

        // then
        assertThat(json)
                .hasToString(
                        "\"\\u0000\\u0001\\u0002\\u0008\\t\\n\\u000c\\r\\u001f \\\"\\\\/\u007f"
                                + "\u00e9\u4e1c\ud83d\ude00\"");
    }

    @Test
    void shouldEscapeSurrogatesThatStandAlone() {
        // when, then
        assertThat(new JsonWriter().value("a\ud83d")).hasToString("\"a\\ud83d\"");
        assertThat(new JsonWriter().value("\ude00a")).hasToString("\"\\ude00a\"");
        assertThat(new JsonWriter().value("\ude00\ud83d")).hasToString("\"\\ude00\\ud83d\"");
        assertThat(new JsonWriter().value("\ud83d\ud83d\ude00\ude00"))
                .hasToString("\"\\ud83d\ud83d\ude00\\ude00\"");
    }

    @Test
    void shouldWriteEachNameAsTextWhateverNamesCameBefore() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 3000; i++) {
                // given more names than are kept, some of them to be escaped, some long
                String name = (i % 3 == 0 ? "\"\n日" : "n") + i + "x".repeat(i % 90);

                // when
                String written =
                        new JsonWriter().beginObject().name(name).value(1).endObject().toString();

                // then
                assertThat(written).isEqualTo("{" + new JsonWriter().value(name) + ":1}");
            }
        }
    }
}
