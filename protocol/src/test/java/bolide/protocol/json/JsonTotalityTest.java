package bolide.protocol.json;

import bolide.protocol.Broken;
import bolide.protocol.body.JsonBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Any bytes give values or a {@link JsonException}. */
class JsonTotalityTest {
    private static final int MEMORY_FACTOR = 32;

    static final List<Broken> WAYS_TO_READ =
            List.of(
                    broken(
                            JsonReader::skipValue,
                            "{\"a\":[1,-2.5e3,true,false,null],{\"q\":1}:\"\\u00e9\",0:'x'}",
                            "[ \"a\", \"\\n\\x41\", \"\u4e1c\ud83d\ude00\", {} , [[]] ]"),
                    broken(
                            JsonTotalityTest::readEntries,
                            "{{{}:1}:{\"k\":\"v\",\"l\":[\"w\"]},\"b\":1.5,}"),
                    broken(JsonBody::readTexts, "[\"a\\n\",'b' , null]", "null"),
                    broken(json -> json.nextLong(0), "-9223372036854775808", "\"17\"", "null"),
                    broken(json -> json.nextInt(0), "-2147483648", "2147483648"),
                    broken(json -> json.nextBoolean(false), "true", " false ", "\"TRUE\""),
                    broken(json -> json.nextText(""), "\"text \\ud800 \\\\ \\\"\"", "null"));

    private static Broken broken(Consumer<JsonReader> way, String... samples) {
        return new Broken(
                Stream.of(samples).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList(),
                JsonException.class,
                MEMORY_FACTOR,
                (ByteBuffer text) -> {
                    JsonReader json = new JsonReader(text, 16);
                    way.accept(json);
                    json.end();
                });
    }

    private static void readEntries(JsonReader json) {
        if (json.nextIsNull()) {
            return;
        }
        if (!json.nextIsObject()) {
            json.nextAsText();
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            json.nextName();
            if (json.nextIsObject()) {
                readEntries(json);
            } else {
                json.nextAsText();
            }
        }
        json.endObject();
    }

    @ParameterizedTest
    @FieldSource("WAYS_TO_READ")
    void shouldSurviveTruncation(Broken texts) {
        // given, when, then
        texts.truncate();
    }

    @ParameterizedTest
    @FieldSource("WAYS_TO_READ")
    void shouldSurviveEveryChangeOfOneByte(Broken texts) {
        // given, when, then
        texts.mutateEveryByte();
    }

    @ParameterizedTest
    @FieldSource("WAYS_TO_READ")
    void shouldSurviveSeededChanges(Broken texts) {
        // given, when, then
        texts.mutateBySeed();
    }
}
