package bolide.protocol.frame;

import bolide.protocol.Broken;
import bolide.protocol.Golden;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any bytes give a frame or a {@link ProtocolException}. */
class HeaderTotalityTest {
    private static final int MEMORY_FACTOR = 32;

    private static Broken headers(HeaderFormat format) {
        HeaderDecoder decoder = new HeaderDecoder(FrameLimits.SERVER);
        Fields sendFields =
                Fields.builder()
                        .put("a", "group")
                        .put("b", "topic")
                        .put("g", 1700000000000L)
                        .put("i", "KEYS\1k 1\2TAGS\1\u4e1c \ud83d\ude00\2")
                        .put("k", false)
                        .put("empty", "")
                        .build();
        Frame send =
                new Frame(
                        format,
                        310,
                        Language.GO,
                        475,
                        77,
                        0,
                        "re\"mark",
                        sendFields,
                        Frame.emptyBody());
        byte[] bare = HeaderEncoder.encode(Frame.request(34, Fields.NONE));
        byte[] golden =
                Golden.bytes(
                        format == HeaderFormat.JSON
                                ? "frame/request-105-json.txt"
                                : "frame/request-105-binary.txt");
        return new Broken(
                List.of(
                        HeaderEncoder.encode(send),
                        Arrays.copyOfRange(golden, FrameHead.BYTES, golden.length),
                        format == HeaderFormat.JSON
                                ? "{ \"x\":[1,{\"y\":null}], {\"k\":1}:'t', 2:\"\\u00e9\\x41\"}"
                                        .getBytes(StandardCharsets.US_ASCII)
                                : bare),
                ProtocolException.class,
                MEMORY_FACTOR,
                (ByteBuffer header) -> decoder.decode(format, header));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveTruncation(HeaderFormat format) {
        // given, when, then
        headers(format).truncate();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveEveryChangeOfOneByte(HeaderFormat format) {
        // given, when, then
        headers(format).mutateEveryByte();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveSeededChanges(HeaderFormat format) {
        // given, when, then
        headers(format).mutateBySeed();
    }

    @Test
    void shouldSurviveTheHeaderOfTheOtherFormat() {
        // given: what one decoder is made for, the other has to refuse like anything else
        HeaderDecoder decoder = new HeaderDecoder(FrameLimits.SERVER);
        byte[] json = HeaderEncoder.encode(Frame.request(34, Fields.NONE));

        // when, then
        new Broken(
                        List.of(json),
                        ProtocolException.class,
                        MEMORY_FACTOR,
                        header -> decoder.decode(HeaderFormat.BINARY, header))
                .mutateBySeed();
    }
}
