package bolide.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.HeaderEncoder;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.Language;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that are no frames, or frames that nobody may send: one clear word, and only the
/// connection they came on is closed.
final class FramesTest {
    private static final int MIB = 1024 * 1024;
    private static final int NO_REQUEST = -1;

    @TempDir private static Path directory;

    private static Siege siege;

    @BeforeAll
    static void start() {
        siege = new Siege(directory);
    }

    @AfterAll
    static void stop() {
        siege.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    16030102 00010001 | frame announces a body of 369230077 bytes; at most 4194304 are accepted
                    7fffffff 0000000a | frame announces a body of 2147483633 bytes; at most 4194304 are accepted
                    80000000 0000000a | a frame of 2147483648 bytes cannot hold a header of 10 bytes; is the peer speaking another protocol?
                    ffffffff 00ffffff | a frame of 4294967295 bytes cannot hold a header of 16777215 bytes; is the peer speaking another protocol?
                    00000000 00000000 | a frame of 0 bytes cannot hold a header of 0 bytes; is the peer speaking another protocol?
                    00000010 00000020 | a frame of 16 bytes cannot hold a header of 32 bytes; is the peer speaking another protocol?
                    00000100 02000010 | header format 2 is unknown; 0 (JSON) and 1 (binary) are understood; is the peer speaking another protocol?
                    00000100 ff000010 | header format 255 is unknown; 0 (JSON) and 1 (binary) are understood; is the peer speaking another protocol?
                    00080000 00040001 | header of 262145 bytes exceeds 262144
                    00080000 01040001 | header of 262145 bytes exceeds 262144
                    00010105 00010001 | the first header of a connection may have 65536 bytes, not 65537
                    """)
    void shouldRefuseHeadsThatContradictThemselvesOrTheLimits(String head, String remark) {
        assertOneWordAndTheEnd(hex(head), remark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n",
                "*1\r\n$4\r\nPING\r\n"
            })
    void shouldAskOtherProtocolsWhatTheyAre(String greeting) {
        assertOneWordAndTheEnd(
                greeting.getBytes(StandardCharsets.ISO_8859_1),
                "is the peer speaking another protocol?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                              | header is not JSON: expected '{' but found the end
                    null                            | header is not JSON
                    []                              | header is not JSON
                    {                               | header is not JSON
                    {"code":105                     | header is not JSON
                    {"code":105}}                   | header is not JSON
                    {"code":"x"}                    | header is not JSON
                    {"code":1.5}                    | header is not JSON
                    {"code":99999999999}            | header is not JSON
                    {"extFields":[]}                | header is not JSON
                    {"code":105,"extFields":{"a"}}  | header is not JSON
                    """)
    void shouldRefuseHeadersThatAreNotJson(String header, String remark) {
        assertOneWordAndTheEnd(frame(HeaderFormat.JSON, header), remark);
    }

    @Test
    void shouldRefuseDeepJson() {
        String deep = "{\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";

        assertOneWordAndTheEnd(frame(HeaderFormat.JSON, deep), "header is not JSON: ");
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void shouldRefuseTooManyFields(HeaderFormat format) {
        // given
        byte[] most = frame(format, fields(128), "");
        byte[] tooMany = frame(format, fields(129), "");

        // when
        try (Peer peer = siege.peer()) {
            peer.send(most);

            // then
            assertThat(peer.receive().code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        }
        assertOneWordAndTheEnd(tooMany, "header has more than 128 fields; send fewer");
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void shouldRefuseSixtyFiveThousandFields(HeaderFormat format) {
        // given
        byte[] bomb = headerWith(format, 65_536);

        // then
        assertOneWordAndTheEnd(bomb, "header of ", " bytes exceeds 262144");
    }

    @Test
    void shouldRefuseAsManyFieldsAsAHeaderCanHold() {
        try (Peer peer = siege.peer()) {
            // given
            peer.ask(Ask.route(Examples.TOPIC)); // now it is known to speak the protocol

            // when
            peer.send(headerWith(HeaderFormat.BINARY, 20_000));

            // then
            assertTheEnd(peer, "header has more than 128 fields; send fewer");
        }
        siege.assertUnharmed();
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void shouldRefuseALongFieldName(HeaderFormat format) {
        // given
        Fields fields = Fields.builder().put("n".repeat(257), "v").build();

        // then
        assertOneWordAndTheEnd(frame(format, fields, ""), "field name of 257 bytes exceeds 256");
    }

    @Test
    void shouldRefuseABodyThatIsTooLongAndReadOn() {
        try (Peer peer = siege.peer()) {
            for (int bytes : new int[] {4 * MIB + 1, 16 * MIB}) {
                // given
                Frame tooLong = Ask.send(Examples.TOPIC, 0, "", ByteBuffer.allocate(bytes));

                // when
                Frame answer = peer.ask(tooLong);

                // then
                assertThat(answer.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
                assertThat(answer.remark())
                        .isEqualTo(
                                "body of "
                                        + bytes
                                        + " bytes exceeds the limit of 4194304; send less at a"
                                        + " time");
            }
            assertThat(peer.ask(Ask.route(Examples.TOPIC)).code()).isZero();
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseABodyThatNoRequestMayHave() {
        // given
        byte[] announced =
                Peer.bytes(
                        0,
                        HeaderEncoder.encode(
                                Frame.request(RequestCode.REGISTER_BROKER, Fields.NONE)),
                        ByteBuffer.allocate(16 * MIB + 1));

        // then
        assertOneWordAndTheEnd(announced, "frame announces a body of 16777217 bytes; at most ");
    }

    /// What was cut off is not answered; the connection is closed when the other side is done.
    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void shouldPassOverFramesThatEndEarly(HeaderFormat format) {
        // given
        byte[] whole = frame(format, Ask.route(Examples.TOPIC).fields(), "a body");

        for (int bytes = 0; bytes < whole.length; bytes++) {
            try (Peer peer = siege.peer()) {
                // when
                peer.send(whole, 0, bytes);
                peer.shutdownOutput();

                // then
                assertThat(peer.isClosedByOther()).as("after %d bytes", bytes).isTrue();
            }
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldPassOverAnswersThatNobodyAskedFor() {
        try (Peer peer = siege.peer()) {
            // given
            Frame request = Ask.route(Examples.TOPIC);
            peer.ask(request);

            // when
            peer.send(request.answer(0, "hello", Fields.NONE, Ask.bytes("body")));
            for (int flag : new int[] {1, 3, -1, Integer.MAX_VALUE}) {
                peer.send(withFlag(request, flag));
            }
            Frame answer = peer.ask(request);

            // then
            assertThat(answer.code()).isZero();
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseNoise() {
        for (int seed = 0; seed < 200; seed++) {
            // given
            SplittableRandom random = new SplittableRandom(seed);
            byte[] noise = new byte[8 + random.nextInt(200)];
            random.nextBytes(noise);
            noise[0] |= (byte) 0x80; // else it may be the beginning of something long

            try (Peer peer = siege.peer()) {
                // when
                peer.send(noise);

                // then
                assertThat(peer.receive().code()).as("seed %d", seed).isEqualTo(1);
                assertThat(peer.isClosedByOther()).as("seed %d", seed).isTrue();
            }
        }
        siege.assertUnharmed();
    }

    private void assertOneWordAndTheEnd(byte[] bytes, String... remark) {
        try (Peer peer = siege.peer()) {
            // when
            peer.send(bytes);

            // then
            assertTheEnd(peer, remark);
        }
        siege.assertUnharmed();
    }

    private static void assertTheEnd(Peer peer, String... remark) {
        Frame word = peer.receive();
        assertThat(word.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(word.opaque()).isEqualTo(NO_REQUEST);
        assertThat(word.remark()).contains(remark);
        Siege.assertDecent(word);
        assertThat(peer.isClosedByOther()).isTrue();
    }

    private static byte[] hex(String words) {
        return HexFormat.of().parseHex(words.replace(" ", ""));
    }

    private static byte[] frame(HeaderFormat format, String header) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return Peer.bytes(format.mark(), bytes, Frame.emptyBody());
    }

    private static byte[] frame(HeaderFormat format, Fields fields, String body) {
        return Peer.bytes(
                new Frame(
                        format,
                        RequestCode.GET_ROUTEINFO_BY_TOPIC,
                        Language.OTHER,
                        0,
                        7,
                        0,
                        "",
                        fields,
                        Ask.bytes(body)));
    }

    /// @return a frame with so many fields of different names, put together without looking for
    ///   doubles
    private static byte[] headerWith(HeaderFormat format, int fields) {
        if (format == HeaderFormat.JSON) {
            String names =
                    IntStream.range(0, fields)
                            .mapToObj(number -> "\"" + number + "\":\"\"")
                            .collect(Collectors.joining(","));
            return frame(format, "{\"code\":105,\"extFields\":{" + names + "}}");
        }
        int fieldBytes = 2 + 5 + 4;
        ByteBuffer header = ByteBuffer.allocate(21 + fields * fieldBytes);
        header.position(17).putInt(fields * fieldBytes);
        for (int number = 0; number < fields; number++) {
            byte[] name = String.format("%05d", number).getBytes(StandardCharsets.US_ASCII);
            header.putShort((short) name.length).put(name).putInt(0);
        }
        return Peer.bytes(format.mark(), header.array(), Frame.emptyBody());
    }

    private static Frame withFlag(Frame frame, int flag) {
        return new Frame(
                frame.format(),
                frame.code(),
                frame.language(),
                frame.version(),
                1,
                flag,
                frame.remark(),
                frame.fields(),
                frame.body());
    }

    /// @return so many, and a topic that does not exist among them
    private static Fields fields(int count) {
        Fields.Builder fields = Fields.builder().put("topic", "elsewhere");
        for (int number = 1; number < count; number++) {
            fields.put(Integer.toString(number, 36), "");
        }
        return fields.build();
    }
}
