package bolide.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Hostile;
import bolide.protocol.Seeded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader takes and refuses. */
class JsonReaderTest {
    private static JsonReader reader(String text) {
        return new JsonReader(Golden.utf8(text), 16);
    }

    private static void skip(String text) {
        JsonReader json = reader(text);
        json.skipValue();
        json.end();
    }

    /** The keys of one object, in order. */
    private static List<String> names(String object) {
        List<String> names = new ArrayList<>();
        JsonReader json = reader(object);
        json.beginObject();
        while (json.hasNext()) {
            names.add(json.nextName());
            json.skipValue();
        }
        json.endObject();
        json.end();
        return names;
    }

    @Test
    void shouldReadWhatAnyoneWrites() {
        Seeded.forEach(
                2000,
                seeded -> {
                    // given
                    Object tree = Tree.madeUp(seeded, 6);
                    StringBuilder text = new StringBuilder();
                    Tree.write(tree, seeded, text);

                    // when
                    JsonReader json = reader(text.toString());
                    Object found = Tree.read(json, tree);
                    json.end();

                    // then
                    assertThat(found).isEqualTo(tree);
                    skip(text.toString());
                });
    }

    @Test
    void shouldLeaveTheBuffersPositionAlone() {
        // given
        ByteBuffer text = Golden.utf8("xx[1,2]yy").position(2).limit(7);

        for (ByteBuffer buffer : List.of(text, text.asReadOnlyBuffer())) {
            // when
            JsonReader json = new JsonReader(buffer, 16);
            json.beginArray();
            long one = json.hasNext() ? json.nextLong(0) : -1;
            int two = json.hasNext() ? json.nextInt(0) : -1;
            boolean more = json.hasNext();
            json.endArray();
            json.end();

            // then
            assertThat(one).isEqualTo(1);
            assertThat(two).isEqualTo(2);
            assertThat(more).isFalse();
            assertThat(buffer.position()).isEqualTo(2);
        }
    }

    @Test
    void shouldReadBareKeys() {
        // when, then
        assertThat(names("{0:\"a\", -1 : 2, abc:[],$ref:null,\"q\":1,'s':2}"))
                .containsExactly("0", "-1", "abc", "$ref", "q", "s");
    }

    @Test
    void shouldGiveTheSourceOfAnObjectThatIsAKey() {
        // given
        String queue = "{\"brokerName\":\"bk\", \"queueId\":1,\"topic\":\"Orders\"}";

        // when, then
        assertThat(names("{" + queue + ":{\"maxOffset\":40}, {\"$ref\":\"$.x\"} :0}"))
                .containsExactly(queue, "{\"$ref\":\"$.x\"}");
        assertThat(names("{{}:1,{{1:2}:3}:4}")).containsExactly("{}", "{{1:2}:3}");
    }

    @Test
    void shouldBoundTheDepthOfKeys() {
        // given
        String deepest = "{".repeat(16) + "}" + ":1}".repeat(15);
        String tooDeep = "{".repeat(17) + "}" + ":1}".repeat(16);

        // when, then
        skip(deepest);
        assertThat(names(deepest)).hasSize(1);
        for (String refused : List.of(tooDeep, "{".repeat(1_000_000))) {
            assertThatThrownBy(() -> skip(refused))
                    .isExactlyInstanceOf(JsonException.class)
                    .hasMessage("nested deeper than 16");
            assertThatThrownBy(() -> names(refused)).hasMessage("nested deeper than 16");
        }
    }

    @Test
    void shouldBoundTheDepthOfValues() {
        // when, then
        skip("[".repeat(16) + "]".repeat(16));
        for (String open : List.of("[", "{\"a\":", "[{1:")) {
            assertThatThrownBy(() -> skip(open.repeat(500_000)))
                    .isExactlyInstanceOf(JsonException.class)
                    .hasMessage("nested deeper than 16");
        }
        skip("[" + "[[]],".repeat(100_000) + "{}]"); // wide is not deep
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"\\b\\f\\n\\r\\t\\/\\\\\\\"\"; `\b\f\n\r\t/\\\"`",
                "\"\\u00e9\\u00E9\"; éé",
                "\"\\ud83d\\ude00\"; \ud83d\ude00",
                "\"\\x41\\x5a\"; AZ",
                "'it\\'s \"it\"'; it's \"it\"",
                "\"tab\there\"; tab\there",
                "\"\"; ``",
            })
    void shouldUnescape(String json, String text) {
        // when, then
        assertThat(reader(json).nextText("fallback")).isEqualTo(text);
        assertThat(reader(json).nextAsText()).isEqualTo(text);
        skip(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\\",
                "\"\\\"",
                "\"\\q\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\uff11\uff12\uff13\uff14\"", // digits, but not of this alphabet
                "\"\\x1\"",
                "'\"",
                "nul",
                "1",
                "{}"
            })
    void shouldRefuseWhatIsNoText(String json) {
        // when, then
        assertThatThrownBy(() -> reader(json).nextText(""))
                .isExactlyInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "007, 7",
        "-1, -1",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "'\"12\"', 12",
        "\"-9223372036854775808\", -9223372036854775808",
        "999999999999999999, 999999999999999999",
        "null, 5"
    })
    void shouldReadWholeNumbers(String json, long number) {
        // when, then
        assertThat(reader(json).nextLong(5)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "--1",
                "1-1",
                "1.0",
                "1e2",
                ".5",
                "\"\"",
                "\"a\"",
                "9223372036854775808",
                "-9223372036854775809",
                "true",
                "{}",
                "11111111111111111111111111111111111111111",
                "0x10"
            })
    void shouldRefuseWhatIsNoWholeNumber(String json) {
        // when, then
        assertThatThrownBy(
                        () -> {
                            JsonReader reader = reader(json);
                            reader.nextLong(0);
                            reader.end();
                        })
                .isExactlyInstanceOf(JsonException.class);
    }

    @Test
    void shouldRefuseNumbersOfMoreThan32BitsWhereTheyDoNotFit() {
        // when, then
        assertThat(reader("2147483647").nextInt(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(reader("-2147483648").nextInt(0)).isEqualTo(Integer.MIN_VALUE);
        assertThat(reader("null").nextInt(3)).isEqualTo(3);
        assertThatThrownBy(() -> reader("2147483648").nextInt(0)).hasMessageContaining("32-bit");
        assertThatThrownBy(() -> reader("-2147483649").nextInt(0)).hasMessageContaining("32-bit");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "false, false",
        "\"true\", true",
        "\"TRUE\", true",
        "\"no\", false",
        "null, true"
    })
    void shouldReadTruthValues(String json, boolean truth) {
        // when, then
        assertThat(reader(json).nextBoolean(true)).isEqualTo(truth);
    }

    @Test
    void shouldGiveAnyValueAsText() {
        // given
        JsonReader json = reader("[\"a\\n\", 1.50, true, {\"x\": [1]}, [ ], null]");
        List<String> texts = new ArrayList<>();

        // when
        json.beginArray();
        while (json.hasNext()) {
            texts.add(json.nextAsText());
        }
        json.endArray();
        json.end();

        // then
        assertThat(texts).containsExactly("a\n", "1.50", "true", "{\"x\": [1]}", "[ ]", "null");
    }

    @Test
    void shouldTellObjectsFromOtherValues() {
        // when, then
        assertThat(reader(" {}").nextIsObject()).isTrue();
        assertThat(reader("[]").nextIsObject()).isFalse();
        assertThat(reader("").nextIsObject()).isFalse();
    }

    @Test
    void shouldTakeACommaAfterTheLastEntry() {
        // when, then
        skip("[1,]");
        skip("{\"a\":1,}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "]",
                "[,1]",
                "[1 2]",
                "[1,,2]",
                "[1}",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{:1}",
                "{[1]:2}",
                "[] []",
                "nul",
                "truefalse",
                "NaN",
                "/* */1",
                "\u00a01"
            })
    void shouldRefuseWhatIsNoJson(String text) {
        // when, then
        assertThatThrownBy(() -> skip(text)).isExactlyInstanceOf(JsonException.class);
    }

    @Test
    void shouldTakeBytesThatAreNoUtf8AsReplacementCharacters() {
        // given
        ByteBuffer text = ByteBuffer.wrap(Golden.hex("22 ff c3 e2 82 5c 6e ed a0 80 22"));

        // when
        String read = new JsonReader(text, 16).nextText("");

        // then
        assertThat(read).startsWith("\ufffd\ufffd\ufffd\n").matches("[\ufffd\n]+");
    }

    @Test
    void shouldShowWhatItFoundOnOneLine() {
        // when, then
        assertThatThrownBy(() -> reader("\nx\r\ny").beginObject())
                .hasMessage("expected '{' but found \"x??y\"");
        assertThatThrownBy(() -> reader("").beginObject())
                .hasMessage("expected '{' but found the end");
    }

    @Test
    void shouldSkipKeysWithinKeysWithoutCopyingThem() {
        // given: the text of the outermost key holds that of all others
        String padding = "\"" + "x".repeat(100_000) + "\"";
        String nested = "{".repeat(15) + "}" + (":" + padding + "}").repeat(14);

        // when
        ByteBuffer text = Golden.utf8(nested);
        long allocated = Hostile.allocated(() -> new JsonReader(text, 16).skipValue());

        // then
        assertThat(allocated).isLessThan(text.remaining() / 10);
    }
}
