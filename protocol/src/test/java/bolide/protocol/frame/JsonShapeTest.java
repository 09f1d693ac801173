package bolide.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.text.RecentTexts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was read before, a header means the same. */
class JsonShapeTest {
    private static final String SEND =
            "{\"code\":310,\"extFields\":{\"a\":\"group\",\"b\":\"topic\",\"i\":\"KEYS\\u0001k"
                    + " \\\"1\\u0002\",\"e\":\"-3\"},\"flag\":0,\"language\":\"JAVA\","
                    + "\"opaque\":77,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":495}";
    private static final List<String> ODD =
            List.of(
                    "{}",
                    "{\"code\":310,\"opaque\":1}",
                    "{\"code\":310,\"opaque\":2,\"extFields\":null}",
                    "{\"code\":310,\"opaque\":3,\"extFields\":{}}",
                    "{\"code\":310,\"opaque\":\"4\",\"extFields\":{\"a\":\"1\"}}",
                    "{\"code\":310,\"opaque\":'5',\"extFields\":{\"a\":'1'}}",
                    "{\"code\":310,\"opaque\":6,\"extFields\":{\"a\":1,\"b\":true,\"c\":null}}",
                    "{\"code\":310,\"opaque\":7,\"extFields\":{\"a\":\"1\",\"a\":\"2\"}}",
                    "{\"code\":310,\"opaque\":8,\"opaque\":9}",
                    "{\"code\":310,\"extFields\":{\"a\":\"1\"},\"opaque\":1,\"extFields\":null}",
                    "{\"code\":310,\"extFields\":{\"a\":\"1\"},\"extFields\":{\"b\":\"2\"}}",
                    "{\"code\":310,\"opaque\":10,\"extFields\":{\"a\":\"\\u4e1c\"}}",
                    "{\"code\":310,\"opaque\":10,\"extFields\":{\"a\":\"\u4e1c\",\"\u00e9\":\"1\"}}",
                    "{\"code\":310,\"opaque\":-10,\"extFields\":{\"a\":\"1\"}}",
                    "{\"code\":310,\"opaque\":99999999999,\"extFields\":{\"a\":\"1\"}}",
                    "{\"code\":310,\"opaque\":2147483648,\"extFields\":{\"a\":\"1\"}}",
                    "{\"code\":310,\"remark\":\"no\",\"opaque\":11,\"extFields\":{\"a\":\"1\"}}",
                    " {\"code\":310 , \"opaque\" : 12,\"extFields\":{ \"a\" : \"\" } } ",
                    "{\"code\":310,\"opaque\":13,\"extFields\":{\"a\":\"1\"}} x",
                    "{\"code\":310,\"opaque\":14,\"extFields\":{\"a\":\"1}}",
                    SEND);

    private final HeaderDecoder decoder = new HeaderDecoder(FrameLimits.SERVER);

    private static byte[] bytes(String header) {
        return header.getBytes(StandardCharsets.UTF_8);
    }

    /** What a header means to one who has read this and that, and to one who reads it first. */
    private void assertSame(byte[] header) {
        assertThat(meaning(decoder, header))
                .as(new String(header, StandardCharsets.UTF_8))
                .isEqualTo(meaning(new HeaderDecoder(FrameLimits.SERVER), header));
    }

    private static Object meaning(HeaderDecoder reader, byte[] header) {
        try {
            return reader.decode(HeaderFormat.JSON, ByteBuffer.wrap(header));
        } catch (ProtocolException refused) {
            return refused.getMessage();
        }
    }

    @Test
    void shouldReadWhatDiffersOnlyInValues() {
        // given
        byte[] first = bytes(SEND);
        RecentTexts recent = new RecentTexts(8, 8);
        Frame model = JsonHeader.decode(first.clone(), FrameLimits.SERVER, recent);
        JsonShape shape = JsonShape.of(first, model);

        // when
        byte[] next = bytes(SEND.replace("k \\\"1", "\u4e1c\\t\\\\").replace("77", "1234567"));
        Frame frame = shape.read(next, recent);

        // then
        assertThat(frame.opaque()).isEqualTo(1_234_567);
        assertThat(frame.fields().text("i")).isEqualTo("KEYS\1\u4e1c\t\\\2");
        assertThat(frame.fields().integer("e")).isEqualTo(-3);
        assertThat(frame.fields().has("f")).isFalse();
        assertThat(frame.withOpaque(77).withFields(Fields.NONE))
                .isEqualTo(model.withFields(Fields.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"310", "JAVA", "495", "group\"", "\"a\"", "}"})
    void shouldLeaveToTheReaderWhatDiffersElsewhere(String where) {
        // given
        byte[] first = bytes(SEND);
        RecentTexts recent = new RecentTexts(8, 8);
        JsonShape shape =
                JsonShape.of(first, JsonHeader.decode(first.clone(), FrameLimits.SERVER, recent));

        // when
        Frame frame = shape.read(bytes(SEND.replace(where, where + "7")), recent);

        // then
        assertThat(frame).isNull();
    }

    @Test
    void shouldMeanTheSameAfterAnyOther() {
        // given, when, then
        for (String before : ODD) {
            for (String header : ODD) {
                meaning(decoder, bytes(before));
                assertSame(bytes(header));
            }
        }
    }

    @Test
    void shouldMeanTheSameWithEveryChangeOfOneByte() {
        // given
        byte[] before = bytes(SEND);
        int[] differences = {1, 2, 4, 8, 32, 128};

        // when, then
        for (int at = 0; at < before.length; at++) {
            for (int difference : differences) {
                byte[] changed = before.clone();
                changed[at] ^= (byte) difference;
                meaning(decoder, before);
                assertSame(changed);
            }
        }
    }

    @Test
    void shouldMeanTheSameWhenCutOrSwollen() {
        // given
        Random random = new Random(5);
        byte[] before = bytes(SEND);

        // when, then
        for (int i = 0; i < 2_000; i++) {
            int from = random.nextInt(before.length);
            int to = Math.min(before.length, from + random.nextInt(4));
            String inserted = random.nextBoolean() ? "" : "\\u00" + random.nextInt(10, 99);
            ByteBuffer changed = ByteBuffer.allocate(2 * before.length);
            changed.put(before, 0, from).put(bytes(inserted));
            changed.put(before, to, before.length - to).flip();
            byte[] header = new byte[changed.remaining()];
            changed.get(header);
            meaning(decoder, before);
            assertSame(header);
        }
    }
}
