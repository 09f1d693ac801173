package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.Subscription;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.offset.ConsumerStatus;
import bolide.protocol.route.MessageQueue;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody asks of a consumer goes to it over its own connection, and its answer back.
final class ConsumerCallsTest {
    private static final int MOST_QUESTIONS = 64;

    @TempDir Path data;
    private ListeningBroker listening;
    private BrokerHarness broker;
    private InetSocketAddress address;
    private SocketClient consumer;
    private SocketClient tool;

    @BeforeEach
    void open() {
        listening = new ListeningBroker(data);
        broker = listening.broker;
        address = listening.address;
        consumer = new SocketClient(address);
        tool = new SocketClient(address);
        ask(consumer, BrokerHarness.heartbeat("c1", "G", Subscription.ofTags("T", "*", 1)));
    }

    @AfterEach
    void close() {
        consumer.close();
        tool.close();
        listening.close();
    }

    private static Frame ask(SocketClient client, Frame request) {
        client.send(List.of(request.withOpaque(7)));
        Frame frame = client.receive();
        while (!frame.isResponse()) { // news of the group's members
            frame = client.receive();
        }
        return frame;
    }

    /// @return the next thing that the broker asks of the consumer and wants answered
    private Frame question() {
        Frame frame = consumer.receive();
        while (frame.isResponse() || frame.isOneWay()) {
            frame = consumer.receive();
        }
        return frame;
    }

    private static Frame runningInfo(String clientId) {
        return Frame.request(
                RequestCode.GET_CONSUMER_RUNNING_INFO,
                FakeClient.fields(
                        "consumerGroup", "G", "clientId", clientId, "jstackEnable", "true"));
    }

    private void answer(Frame question, int code, String remark, String body) {
        ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
        consumer.send(List.of(question.answer(code, remark, Fields.NONE, bytes)));
    }

    private static String text(Frame frame) {
        return StandardCharsets.UTF_8.decode(frame.body()).toString();
    }

    @Test
    void shouldHandOnWhatAConsumerTellsOfItself() {
        // when
        tool.send(List.of(runningInfo("c1").withOpaque(41)));
        Frame question = question();

        // then
        assertThat(question.code()).isEqualTo(RequestCode.GET_CONSUMER_RUNNING_INFO);
        assertThat(question.fields().text("jstackEnable")).isEqualTo("true");

        // when
        answer(question, 0, "", "{\"jstack\":\"main\"}");

        // then
        Frame answer = tool.receive();
        assertThat(answer.opaque()).isEqualTo(41);
        assertThat(answer.code()).isZero();
        assertThat(text(answer)).isEqualTo("{\"jstack\":\"main\"}");
    }

    @Test
    void shouldHandOnThatAConsumerRefuses() {
        // when
        tool.send(List.of(runningInfo("c1")));
        answer(question(), 1, "not me", "");

        // then
        Frame answer = tool.receive();
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).isEqualTo("not me");
    }

    @Test
    void shouldSayThatAConsumerDoesNotAnswer() {
        // given
        tool.send(List.of(runningInfo("c1")));
        Frame question = question();

        // when
        broker.timers.advance(10_000);

        // then
        Frame answer = tool.receive();
        assertThat(answer.code()).isEqualTo(207);
        assertThat(answer.remark()).contains("c1", "10 s");

        // and what comes too late disturbs nobody
        answer(question, 0, "", "late");
        tool.send(List.of(runningInfo("c1")));
        answer(question(), 0, "", "in time");
        assertThat(text(tool.receive())).isEqualTo("in time");
    }

    @Test
    void shouldSayThatAConsumerIsNotThere() {
        assertThat(ask(tool, runningInfo("c2")).code()).isEqualTo(1);

        // when it goes while it is asked
        tool.send(List.of(runningInfo("c1")));
        question();
        consumer.close();

        // then
        Frame answer = tool.receive();
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("offline");
    }

    @Test
    void shouldTakeNoAnswerFromAnotherConnection() {
        // given
        tool.send(List.of(runningInfo("c1")));
        Frame question = question();

        // when
        try (SocketClient stranger = new SocketClient(address)) {
            stranger.send(
                    List.of(question.answer(0, "", Fields.NONE, BrokerHarness.bytes("forged"))));
            ask(stranger, runningInfo("nobody")); // so the forged answer has been read
        }
        answer(question, 0, "", "true");

        // then
        assertThat(text(tool.receive())).isEqualTo("true");
    }

    @Test
    void shouldHaveAConsumerConsumeAMessageNow() {
        // given
        String id = broker.send("T", 0, "hello", "KEYS\1k\2").fields().text("msgId");

        // when
        tool.send(
                List.of(
                        Frame.request(
                                RequestCode.CONSUME_MESSAGE_DIRECTLY,
                                FakeClient.fields(
                                        "consumerGroup", "G", "clientId", "c1", "msgId", id))));
        Frame question = question();

        // then
        assertThat(question.code()).isEqualTo(RequestCode.CONSUME_MESSAGE_DIRECTLY);
        MessageRecord record = MessageRecord.decode(question.body());
        assertThat(new String(record.body(), StandardCharsets.UTF_8)).isEqualTo("hello");
        answer(question, 0, "", "{\"consumeResult\":\"CR_SUCCESS\"}");
        assertThat(text(tool.receive())).contains("CR_SUCCESS");
    }

    @Test
    void shouldRefuseToHaveWhatIsNoMessageConsumed() {
        Frame answer =
                ask(
                        tool,
                        Frame.request(
                                RequestCode.CONSUME_MESSAGE_DIRECTLY,
                                FakeClient.fields(
                                        "consumerGroup", "G", "clientId", "c1", "msgId", "zz")));
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("zz");
    }

    @Test
    void shouldGatherHowFarMembersSayTheyAre() {
        // given
        Frame request =
                Frame.request(
                        RequestCode.INVOKE_BROKER_TO_GET_CONSUMER_STATUS,
                        FakeClient.fields("topic", "T", "group", "G"));

        // when
        tool.send(List.of(request));
        Frame question = question();
        answer(
                question,
                0,
                "",
                "{\"messageQueueTable\":{{\"brokerName\":\"b\",\"queueId\":0,\"topic\":\"T\"}:4}}");

        // then
        assertThat(question.code()).isEqualTo(RequestCode.GET_CONSUMER_STATUS_FROM_CLIENT);
        assertThat(ConsumerStatus.decode(tool.receive().body()).get("c1"))
                .containsEntry(new MessageQueue("T", "b", 0), 4L);
    }

    @Test
    void shouldLeaveOutWhoAnswersWithSomethingElse() {
        // given
        try (SocketClient odd = new SocketClient(address)) {
            ask(odd, BrokerHarness.heartbeat("c2", "G", Subscription.ofTags("T", "*", 1)));

            // when
            tool.send(
                    List.of(
                            Frame.request(
                                    RequestCode.INVOKE_BROKER_TO_GET_CONSUMER_STATUS,
                                    FakeClient.fields("topic", "T", "group", "G"))));
            answer(
                    question(),
                    0,
                    "",
                    "{\"messageQueueTable\":{{\"brokerName\":\"b\",\"queueId\":0,"
                            + "\"topic\":\"T\"}:4}}");
            Frame other = odd.receive();
            while (other.isResponse() || other.isOneWay()) {
                other = odd.receive();
            }
            odd.send(List.of(other.answer(0, "", Fields.NONE, BrokerHarness.bytes("[nonsense"))));

            // then
            Frame answer = tool.receive();
            assertThat(answer.code()).as(answer.remark()).isZero();
            assertThat(ConsumerStatus.decode(answer.body())).containsOnlyKeys("c1");
        }
    }

    @Test
    void shouldAskABoundedNumberOfQuestionsAtATime() {
        // given
        for (int i = 0; i < MOST_QUESTIONS; i++) {
            tool.send(List.of(runningInfo("c1").withOpaque(i)));
        }
        List<Frame> questions = Stream.generate(this::question).limit(MOST_QUESTIONS).toList();

        // when
        Frame refused = ask(tool, runningInfo("c1"));

        // then
        assertThat(refused.code()).isEqualTo(ResponseCode.SYSTEM_BUSY);
        assertThat(refused.remark()).contains("64", "again");

        // when one is answered
        answer(questions.get(0), 0, "", "first");
        assertThat(text(tool.receive())).isEqualTo("first");

        // then there is room for another
        tool.send(List.of(runningInfo("c1")));
        answer(question(), 0, "", "second");
        assertThat(text(tool.receive())).isEqualTo("second");
    }
}
