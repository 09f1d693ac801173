package bolide.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of both formats: what is taken, what is refused, what is written. */
class HeaderTest {
    private static final HeaderDecoder DECODER = new HeaderDecoder(FrameLimits.SERVER);

    private static Frame json(String header) {
        return DECODER.decode(HeaderFormat.JSON, Golden.utf8(header));
    }

    private static Frame again(Frame frame) {
        return DECODER.decode(frame.format(), ByteBuffer.wrap(HeaderEncoder.encode(frame)));
    }

    private static Frame seededFrame(Seeded seeded, HeaderFormat format, Supplier<String> text) {
        boolean json = format == HeaderFormat.JSON;
        Fields.Builder fields = Fields.builder();
        for (int left = seeded.below(20); left > 0; left--) {
            fields.put(text.get(), text.get());
        }
        return new Frame(
                format,
                json ? seeded.integer() : seeded.below(65536),
                Language.values()[seeded.below(Language.values().length)],
                json ? seeded.integer() : seeded.below(65536),
                seeded.integer(),
                seeded.integer(),
                text.get(),
                fields.build(),
                Frame.emptyBody());
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadBackWhatItWrites(HeaderFormat format) {
        Seeded.forEach(
                3000,
                seeded -> {
                    // given
                    Frame frame = seededFrame(seeded, format, seeded::text);

                    // when, then
                    assertThat(again(frame)).isEqualTo(frame);
                });
    }

    @Test
    void shouldKeepLoneSurrogatesInJson() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    Frame frame =
                            seededFrame(seeded, HeaderFormat.JSON, seeded::textWithLoneSurrogates);

                    // when, then
                    assertThat(again(frame)).isEqualTo(frame);
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadFromAnyKindOfBuffer(HeaderFormat format) {
        // given
        Frame frame =
                Frame.request(34, Fields.builder().put("a", "b").build()).withOpaque(77).asOneWay();
        frame = new Frame(format, 34, Language.GO, 479, 77, 2, "r", frame.fields(), frame.body());
        byte[] header = HeaderEncoder.encode(frame);
        ByteBuffer within = ByteBuffer.allocate(header.length + 20).position(10);
        within.put(header).flip().position(10);

        // when, then
        assertThat(DECODER.decode(format, within.duplicate())).isEqualTo(frame);
        assertThat(DECODER.decode(format, within.slice())).isEqualTo(frame);
        assertThat(DECODER.decode(format, within.asReadOnlyBuffer())).isEqualTo(frame);
        ByteBuffer direct = ByteBuffer.allocateDirect(header.length + 3).position(3);
        direct.put(header).flip().position(3);
        assertThat(DECODER.decode(format, direct)).isEqualTo(frame);
    }

    @Test
    void shouldWriteKeysInAlphabeticalOrder() {
        // given
        Frame frame =
                new Frame(
                        HeaderFormat.JSON,
                        1,
                        Language.CPP,
                        513,
                        2,
                        1,
                        "no \"x\"",
                        Fields.builder().put("b", 1).put("a", true).build(),
                        Frame.emptyBody());

        // when
        String header = new String(HeaderEncoder.encode(frame), StandardCharsets.UTF_8);

        // then
        assertThat(header)
                .isEqualTo(
                        "{\"code\":1,\"extFields\":{\"b\":\"1\",\"a\":\"true\"},\"flag\":1,"
                                + "\"language\":\"CPP\",\"opaque\":2,\"remark\":\"no \\\"x\\\"\","
                                + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}");
    }

    @Test
    void shouldWriteExtFieldsIntoEveryResponse() {
        // given: clients read the extension fields of an answer without asking whether it has any
        Frame request = Frame.request(34, Fields.NONE);

        // when, then
        Frame answer = request.answer(0, "", Fields.NONE, Frame.emptyBody());
        assertThat(HeaderEncoder.encode(request)).asString().doesNotContain("extFields");
        assertThat(HeaderEncoder.encode(answer)).asString().contains("\"extFields\":{}");
    }

    @Test
    void shouldReadTruthWrittenWithEscapes() {
        // when
        Fields fields =
                json("{\"code\":1,\"extFields\":{\"a\":\"\\x74rue\",\"b\":\"\\u0054rue\",\"c\":\"\\x66alse\"}}")
                        .fields();

        // then
        assertThat(fields.text("a")).isEqualTo("true");
        assertThat(fields.truth("a", false)).isTrue();
        assertThat(fields.truth("b", false)).isTrue();
        assertThat(fields.truth("c", true)).isFalse();
    }

    @Test
    void shouldTakeWhatPeersTake() {
        // given
        String header =
                " { \"version\" : 399 ,\n\"unknown\":{\"x\":[1,{}]},\t\"flag\":2,\"opaque\":-1,"
                        + "\"extFields\":{\"n\":17,\"t\":true,\"d\":1.5,\"gone\":null,\"s\":\"\"},"
                        + "\"language\":\"COBOL\",\"remark\":null,\"code\":\"105\"} ";

        // when
        Frame frame = json(header);

        // then
        assertThat(frame)
                .isEqualTo(
                        new Frame(
                                HeaderFormat.JSON,
                                105,
                                Language.OTHER,
                                399,
                                -1,
                                2,
                                "",
                                Fields.builder()
                                        .put("n", "17")
                                        .put("t", "true")
                                        .put("d", "1.5")
                                        .put("s", "")
                                        .build(),
                                Frame.emptyBody()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"language\":null}",
                "{\"language\":9}",
                "{\"language\":\"\"}",
                "{\"language\":{\"a\":1}}",
                "{}"
            })
    void shouldTakeAnyLanguageForOther(String header) {
        // when, then
        assertThat(json(header).language()).isEqualTo(Language.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}}",
                "{} x",
                "{\"code\":1.5}",
                "{\"code\":true}",
                "{\"code\":2147483648}",
                "{\"opaque\":99999999999999999999}",
                "{\"extFields\":[]}",
                "{\"extFields\":{\"a\":}}",
                "{\"code\":1 \"flag\":2}"
            })
    void shouldRefuseWhatIsNoJsonHeader(String header) {
        // when, then
        assertThatThrownBy(() -> json(header))
                .isExactlyInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("header is not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "0069 00 01db 00000009 00000000 00000001 00000000", // the remark is not there
                "0069 00 01db 00000009 00000000 ffffffff 00000000", // negative length
                "0069 00 01db 00000009 00000000 00000000 0000000c", // the fields are not there
                "0069 00 01db 00000009 00000000 00000000 ffffffff",
                "0069 00 01db 00000009 00000000 00000000 00000006 0001 61 00000000", // too few
                "0069 00 01db 00000009 00000000 00000000 00000008 0001 61 00000000 00", // too many
                "0069 00 01db 00000009 00000000 00000000 00000000 00", // one byte more
                "0069 00 01db 00000009 00000000 00000000 00000007 0001 61 7fffffff",
                "0069 00 01db 00000009 00000000 00000000 00000007 0001 61 ffffffff"
            })
    void shouldRefuseWhatIsNoBinaryHeader(String hex) {
        // given
        ByteBuffer header = ByteBuffer.wrap(Golden.hex(hex));

        // when, then
        assertThatThrownBy(() -> DECODER.decode(HeaderFormat.BINARY, header))
                .isExactlyInstanceOf(ProtocolException.class);
    }

    @Test
    void shouldReadBinaryNumbersWithoutSign() {
        // given
        ByteBuffer header =
                ByteBuffer.wrap(Golden.hex("ffff ff ffff ffffffff 00000001 00000000 00000000"));

        // when
        Frame frame = DECODER.decode(HeaderFormat.BINARY, header);

        // then
        assertThat(frame.code()).isEqualTo(65535);
        assertThat(frame.version()).isEqualTo(65535);
        assertThat(frame.language()).isEqualTo(Language.OTHER);
        assertThat(frame.opaque()).isEqualTo(-1);
        assertThat(frame.isResponse()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheLastOfFieldsWithOneName(HeaderFormat format) {
        // given
        ByteBuffer header =
                format == HeaderFormat.JSON
                        ? Golden.utf8("{\"extFields\":{\"a\":\"1\",\"b\":\"2\",\"a\":\"3\"}}")
                        : ByteBuffer.wrap(
                                Golden.hex(
                                        "0000 00 0000 00000000 00000000 00000000 00000018"
                                                + "0001 61 00000001 31 0001 62 00000001 32"
                                                + "0001 61 00000001 33"));

        // when
        Fields fields = DECODER.decode(format, header).fields();

        // then
        assertThat(fields).isEqualTo(Fields.builder().put("a", "3").put("b", "2").build());
    }

    @Test
    void shouldRefuseToWriteAFieldNameThatHasNoRoomForItsLength() {
        // given
        Fields fields = Fields.builder().put("n".repeat(65536), "").build();
        Frame frame =
                new Frame(
                        HeaderFormat.BINARY,
                        1,
                        Language.JAVA,
                        1,
                        1,
                        0,
                        "",
                        fields,
                        Frame.emptyBody());

        // when, then
        assertThatThrownBy(() -> HeaderEncoder.encode(frame))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
