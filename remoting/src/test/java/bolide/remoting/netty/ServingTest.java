package bolide.remoting.netty;

import static bolide.remoting.RunningServer.ECHO;
import static bolide.remoting.RunningServer.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.Language;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.frame.Version;
import bolide.remoting.Answer;
import bolide.remoting.Caller;
import bolide.remoting.Payload;
import bolide.remoting.RawPeer;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import bolide.remoting.RunningServer;
import bolide.remoting.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a peer sees of a server, over real sockets. */
final class ServingTest {
    private static final int FAILING = 1001;
    private static final int UNDECODABLE = 1002;
    private static final int THREAD = 1003;
    private static final int WAITING_THREAD = 1004;
    private static final int LATER = 1005;
    private static final int CALLER = 1006;
    private static final int CLOSING = 1007;

    private final BlockingQueue<Reply<Answer>> later = new LinkedBlockingQueue<>();
    private final List<Integer> handled = new ArrayList<>();
    private RunningServer server;
    private RawPeer peer;

    @BeforeEach
    void start() {
        RequestTable table =
                new RequestTable()
                        .inline(FAILING, frame -> frame, ServingTest::fail, ServingTest::same)
                        .inline(
                                UNDECODABLE,
                                frame -> frame.fields().integer("queueId"),
                                (number, reply) -> reply.send(Answer.ok()),
                                ServingTest::same)
                        .inline(
                                THREAD,
                                frame -> frame.opaque(),
                                (number, reply) -> {
                                    handled.add(number);
                                    reply.send(Thread.currentThread().getName());
                                },
                                (String name) -> Answer.ok(Wire.text(name)))
                        .blocking(
                                WAITING_THREAD,
                                frame -> Wire.text(frame.body()),
                                (text, caller) -> text + " " + Thread.currentThread().getName(),
                                text -> Answer.ok(Wire.text(text)))
                        .inline(
                                LATER,
                                frame -> frame,
                                (frame, reply) -> later.add(reply),
                                ServingTest::same)
                        .inline(
                                CALLER,
                                frame -> frame,
                                (frame, reply) -> reply.send(reply.caller()),
                                ServingTest::describe)
                        .inline(
                                CLOSING,
                                frame -> frame,
                                (frame, reply) -> {
                                    reply.send(Answer.ok());
                                    reply.caller().connection().close();
                                },
                                ServingTest::same);
        server = new RunningServer(table);
        peer = server.peer();
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void shouldAnswerInTheFormatAndWithTheNumberOfTheRequest(HeaderFormat format) {
        // given
        Frame request = Wire.request(format, ECHO, 77).withBody(Wire.text("hello"));

        // when
        Frame response = peer.ask(request);

        // then
        assertThat(response.format()).isEqualTo(format);
        assertThat(response.opaque()).isEqualTo(77);
        assertThat(response.isResponse()).isTrue();
        assertThat(response.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(response.language()).isEqualTo(Language.JAVA);
        assertThat(response.version()).isEqualTo(Version.OURS);
        assertThat(response.fields()).isEqualTo(request.fields());
        assertThat(Wire.text(response.body())).isEqualTo("hello");
    }

    @Test
    void shouldNeverAnswerOneWayRequests() {
        // given
        peer.send(Wire.request(ECHO, 1).asOneWay());
        peer.send(Wire.request(FAILING, 2).asOneWay());
        peer.send(Wire.request(UNDECODABLE, 3).asOneWay());
        peer.send(Wire.request(WAITING_THREAD, 4).asOneWay());
        peer.send(Wire.request(999, 5).asOneWay());
        peer.send(Wire.request(ECHO, 6).asOneWay().withBody(ByteBuffer.allocate(4 * MIB + 1)));

        // when
        Frame first = peer.ask(Wire.request(ECHO, 7));
        Frame second = peer.ask(Wire.request(WAITING_THREAD, 8));

        // then
        assertThat(first.opaque()).isEqualTo(7);
        assertThat(second.opaque()).isEqualTo(8);
    }

    @Test
    void shouldPassOverResponsesThatNobodyAskedFor() {
        // given
        Frame response =
                Wire.request(ECHO, 1).answer(0, "", Wire.request(0, 0).fields(), Wire.text("x"));

        // when
        peer.send(response);

        // then
        assertThat(peer.ask(Wire.request(ECHO, 2)).opaque()).isEqualTo(2);
    }

    @Test
    void shouldAnswerPipelinedRequestsInOrder() {
        // given
        int count = 10_000;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int number = 0; number < count; number++) {
            all.writeBytes(Wire.bytes(Wire.request(HeaderFormat.BINARY, THREAD, number)));
        }

        // when
        Thread sending = new Thread(() -> peer.send(all.toByteArray()));
        sending.start();
        List<Integer> answered = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            answered.add(peer.receive().opaque());
        }

        // then
        assertThat(answered).hasSize(count).isEqualTo(handled);
        assertThat(answered).isSorted();
    }

    @Test
    void shouldRefuseUnknownCodes() {
        // when
        Frame response = peer.ask(Wire.request(424242, 1));

        // then
        assertThat(response.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
        assertThat(response.remark()).contains("request type 424242 not supported");
    }

    @Test
    void shouldSayWhatIsWrongWithARequest() {
        // when
        Frame response = peer.ask(Wire.request(UNDECODABLE, 1));

        // then
        assertThat(response.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(response.remark()).isEqualTo("header field queueId is missing");
        assertThat(peer.ask(Wire.request(ECHO, 2)).opaque()).isEqualTo(2);
    }

    @Test
    void shouldAnswerWhenAHandlerFails() {
        // when
        Frame response = peer.ask(Wire.request(FAILING, 1));

        // then
        assertThat(response.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(response.remark())
                .contains("IllegalStateException")
                .doesNotContain("not for strangers");
        assertThat(peer.ask(Wire.request(ECHO, 2)).opaque()).isEqualTo(2);
    }

    @Test
    void shouldRunInlineHandlersOnAnIoThread() {
        // when
        String thread = Wire.text(peer.ask(Wire.request(THREAD, 1)).body());

        // then
        assertThat(thread).matches("io-[12]");
    }

    @Test
    void shouldRunBlockingHandlersElsewhereWithABodyToKeep() {
        // when
        Frame response = peer.ask(Wire.request(WAITING_THREAD, 1).withBody(Wire.text("kept")));

        // then
        assertThat(Wire.text(response.body())).startsWith("kept ").doesNotContain("io-");
    }

    @Test
    void shouldSendRepliesThatComeLaterFromOtherThreads() throws InterruptedException {
        // given
        int count = 1000;
        for (int number = 0; number < count; number++) {
            peer.send(Wire.request(LATER, number));
        }
        List<Reply<Answer>> replies = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            replies.add(later.poll(10, TimeUnit.SECONDS));
        }

        // when
        for (int half = 0; half < 2; half++) {
            List<Reply<Answer>> mine = replies.subList(half * count / 2, (half + 1) * count / 2);
            server.blocking.execute(() -> mine.forEach(reply -> reply.send(Answer.ok())));
        }

        // then
        List<Integer> low = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            int number = peer.receive().opaque();
            (number < count / 2 ? low : high).add(number);
        }
        assertThat(low).hasSize(count / 2).isSorted();
        assertThat(high).hasSize(count / 2).isSorted();
    }

    @Test
    void shouldCountOnlyTheFirstOutcome() throws InterruptedException {
        // given
        peer.send(Wire.request(LATER, 1));
        Reply<Answer> reply = later.poll(10, TimeUnit.SECONDS);
        BlockingQueue<String> released = new LinkedBlockingQueue<>();

        // when
        reply.send(Answer.refused(21, "first"));
        reply.send(new Answer(22, "second", Wire.request(0, 0).fields(), noting(released)));
        reply.fail(Answer.refused(23, "third"));

        // then
        assertThat(peer.receive().code()).isEqualTo(21);
        assertThat(peer.ask(Wire.request(ECHO, 2)).opaque()).isEqualTo(2);
        assertThat(released).containsExactly("released");
    }

    @Test
    void shouldTellHandlersWhoCalls() {
        // when
        Frame response = peer.ask(Wire.request(CALLER, 1));

        // then
        assertThat(response.remark()).matches("GO 401 /127.0.0.1:\\d+");
    }

    @Test
    void shouldSendWhatWasAnsweredBeforeClosing() {
        // given
        byte[] request = Wire.bytes(Wire.request(CLOSING, 1));

        // when
        peer.send(request);
        peer.send(Wire.bytes(Wire.request(ECHO, 2)));

        // then
        assertThat(peer.receive().opaque()).isEqualTo(1);
        assertThat(peer.isClosedByPeer()).isTrue();
    }

    @Test
    void shouldRefuseABodyThatIsTooLongAndCarryOn() {
        // given
        Frame tooLong = Wire.request(ECHO, 1).withBody(ByteBuffer.allocate(4 * MIB + 1));

        // when
        Frame response = peer.ask(tooLong);

        // then
        assertThat(response.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(response.opaque()).isEqualTo(1);
        assertThat(response.remark())
                .startsWith("body of 4194305 bytes exceeds the limit of 4194304");
        assertThat(peer.ask(Wire.request(ECHO, 2)).opaque()).isEqualTo(2);
    }

    @Test
    void shouldTakeTheLongestBodyInTheFirstFrame() {
        // given
        byte[] body = new byte[4 * MIB];
        for (int at = 0; at < body.length; at++) {
            body[at] = (byte) (at * 31 >>> 8);
        }

        // when
        Frame response = peer.ask(Wire.request(ECHO, 1).withBody(ByteBuffer.wrap(body)));

        // then
        assertThat(response.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(response.body().array()).isEqualTo(body);
    }

    @Test
    void shouldTakeLongerBodiesOfRegistrations() {
        // given
        Frame registration =
                Wire.request(RequestCode.REGISTER_BROKER, 1)
                        .withBody(ByteBuffer.allocate(4 * MIB + 1));

        // when
        Frame response = peer.ask(registration);

        // then
        assertThat(response.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
    }

    private static void fail(Frame frame, Reply<Answer> reply) {
        throw new IllegalStateException("not for strangers");
    }

    private static Answer same(Answer answer) {
        return answer;
    }

    private static Answer describe(Caller caller) {
        return Answer.refused(
                0,
                caller.language()
                        + " "
                        + caller.version()
                        + " "
                        + caller.connection().remoteAddress());
    }

    private static Payload noting(BlockingQueue<String> released) {
        return new Payload(new ByteBuffer[0], () -> released.add("released"));
    }
}
