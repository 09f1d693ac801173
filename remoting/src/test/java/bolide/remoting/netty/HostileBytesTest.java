package bolide.remoting.netty;

import static bolide.remoting.RunningServer.ECHO;
import static bolide.remoting.RunningServer.KIB;
import static bolide.remoting.RunningServer.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.ResponseCode;
import bolide.remoting.Logged;
import bolide.remoting.RawPeer;
import bolide.remoting.RequestTable;
import bolide.remoting.RunningServer;
import bolide.remoting.Wire;
import ch.qos.logback.classic.Level;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a peer that breaks the protocol, and of the others. */
final class HostileBytesTest {
    private static final byte[] NOTHING = {};

    private RunningServer server;
    private RawPeer steady;
    private RawPeer hostile;

    @BeforeEach
    void start() {
        server = new RunningServer(new RequestTable());
        steady = server.peer();
        hostile = server.peer();
    }

    @AfterEach
    void stop() {
        hostile.close();
        steady.close();
        server.close();
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of("2 GiB announced", Wire.head(Integer.MAX_VALUE, 100), "2147483543"),
                Arguments.of("4 GiB announced", Wire.head(-1, 100), "4294967295"),
                Arguments.of("too little announced", Wire.head(3, 0), "3 bytes"),
                Arguments.of("header longer than its frame", Wire.head(20, 100), "100 bytes"),
                Arguments.of("HTTP", "GET / HTTP/1.1\r\n\r\n".getBytes(), "format 47"),
                Arguments.of("body beyond any", Wire.head(4 + 50 + 16 * MIB + 1, 50), "16777217"),
                Arguments.of("unknown format", Wire.head(104, 7 << 24 | 100), "format 7"),
                Arguments.of("no header", Wire.head(4, 0), "not JSON"),
                Arguments.of("first header of 64 KiB + 1", Wire.head(70_000, 65_537), "65537"),
                Arguments.of("header cut off", json("{\"code\":10,"), "not JSON"),
                Arguments.of("deep JSON", json("{\"x\":" + "[".repeat(20_000)), "deeper"),
                Arguments.of("deep keys", json("{" + "{".repeat(20_000)), "deeper"),
                Arguments.of("long number", json("{\"code\":" + "9".repeat(60_000)), "number"),
                Arguments.of("long name", json(fields("n".repeat(300))), "300"),
                Arguments.of("65,000 fields", json(fields(65_000)), "header of"),
                Arguments.of("5,000 fields", json(fields(5_000)), "fields"),
                Arguments.of("long binary name", binary("n".repeat(300)), "300"),
                Arguments.of("short binary", Wire.bytes(1, new byte[10], empty()), "ends early"),
                Arguments.of("not even binary", Wire.bytes(1, ones(), empty()), "bytes in"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void shouldPartFromWhoBreaksTheProtocolOnly(String name, byte[] bytes, String remark) {
        // given
        try (Logged log = new Logged(StrangerLog.class.getName(), Level.INFO)) {
            steady.ask(Wire.request(ECHO, 1));

            // when
            hostile.send(bytes);
            Frame parting = hostile.receive();

            // then
            assertThat(parting.isResponse()).isTrue();
            assertThat(parting.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
            assertThat(parting.opaque()).isEqualTo(-1);
            assertThat(parting.remark()).contains(remark);
            assertThat(hostile.isClosedByPeer()).isTrue();
            assertThat(log.lines()).singleElement().asString().contains(parting.remark());
            assertThat(steady.ask(Wire.request(ECHO, 2)).opaque()).isEqualTo(2);
        }
    }

    @Test
    void shouldDeliverThePartingWordsToWhoKeepsSending() {
        // given
        hostile.send(Wire.head(Integer.MAX_VALUE, 100));
        byte[] more = new byte[64 * KIB];

        // when
        Thread sending = new Thread(() -> sendUntilRefused(more));
        sending.start();
        Frame parting = hostile.receive();

        // then
        assertThat(parting.opaque()).isEqualTo(-1);
        assertThat(hostile.isClosedByPeer()).isTrue();
    }

    @Test
    void shouldSpeakTheFormatOfTheLastGoodFrame() {
        // given
        hostile.ask(Wire.request(HeaderFormat.BINARY, ECHO, 1));

        // when
        hostile.send(Wire.head(-1, 0));

        // then
        assertThat(hostile.receive().format()).isEqualTo(HeaderFormat.BINARY);
    }

    @Test
    void shouldAnswerWhatCameBeforeTheNonsense() {
        // given
        byte[] good = Wire.bytes(Wire.request(ECHO, 1));
        byte[] both = new byte[good.length + 8];
        System.arraycopy(good, 0, both, 0, good.length);

        // when
        hostile.send(both);

        // then
        assertThat(hostile.receive().opaque()).isEqualTo(1);
        assertThat(hostile.receive().opaque()).isEqualTo(-1);
        assertThat(hostile.isClosedByPeer()).isTrue();
    }

    @Test
    void shouldTakeLongerHeadersAfterAFirstRequest() {
        // given
        Fields fields = Fields.builder().put("long", "v".repeat(200 * KIB)).build();
        Frame request =
                new Frame(
                        HeaderFormat.BINARY,
                        ECHO,
                        Wire.request(0, 0).language(),
                        0,
                        2,
                        0,
                        "",
                        fields,
                        Frame.emptyBody());
        hostile.ask(Wire.request(ECHO, 1));

        // when
        Frame response = hostile.ask(request);

        // then
        assertThat(response.fields()).isEqualTo(fields);
    }

    @Test
    void shouldNotTakeAResponseForAFirstRequest() {
        // given
        Frame response = Wire.request(ECHO, 1).answer(0, "", Fields.NONE, Frame.emptyBody());

        // when
        hostile.send(response);
        hostile.send(Wire.head(70_000, 65_537));

        // then
        assertThat(hostile.receive().remark()).contains("65537");
    }

    @Test
    void shouldReadFramesByteByByte() {
        // given
        byte[] frame = Wire.bytes(Wire.request(ECHO, 1).withBody(Wire.text("body")));

        // when
        for (int at = 0; at < frame.length; at++) {
            hostile.send(frame, at, 1);
        }

        // then
        assertThat(Wire.text(hostile.receive().body())).isEqualTo("body");
    }

    @Test
    void shouldSurviveMutatedFrames() {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Logged bugs = new Logged("bolide", Level.ERROR)) {
            for (int round = 0; round < 2000; round++) {
                HeaderFormat format = HeaderFormat.values()[round % 2];
                Frame frame = Wire.request(format, ECHO, round).withBody(Wire.text("the body"));

                // when
                try (RawPeer peer = server.peer()) {
                    peer.send(Mutation.of(Wire.bytes(frame), random));
                }

                // then
                if (round % 100 == 99) {
                    assertThat(steady.ask(Wire.request(ECHO, round)).opaque())
                            .as("seed %d", seed)
                            .isEqualTo(round);
                }
            }
            assertThat(bugs.events()).as("seed %d", seed).isEmpty();
        }
    }

    private void sendUntilRefused(byte[] bytes) {
        try {
            for (int round = 0; round < 1000; round++) {
                hostile.send(bytes);
            }
        } catch (UncheckedIOException refused) {
            assertThat(refused).isNotNull();
        }
    }

    private static byte[] json(String header) {
        return Wire.bytes(0, header.getBytes(StandardCharsets.UTF_8), empty());
    }

    private static String fields(String name) {
        return "{\"code\":1000,\"extFields\":{\"" + name + "\":\"v\"}}";
    }

    private static String fields(int count) {
        StringBuilder header = new StringBuilder("{\"code\":1000,\"extFields\":{");
        IntStream.range(0, count).forEach(i -> header.append("\"").append(i).append("\":1,"));
        return header.append("}}").toString();
    }

    private static byte[] binary(String name) {
        Frame frame = Wire.request(HeaderFormat.BINARY, ECHO, 1);
        return Wire.bytes(
                new Frame(
                        frame.format(),
                        frame.code(),
                        frame.language(),
                        frame.version(),
                        1,
                        0,
                        "",
                        Fields.builder().put(name, "v").build(),
                        Frame.emptyBody()));
    }

    private static byte[] ones() {
        byte[] ones = new byte[60];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }

    private static ByteBuffer empty() {
        return ByteBuffer.wrap(NOTHING);
    }
}
