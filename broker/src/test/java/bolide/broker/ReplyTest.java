package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.send.SendRequest;
import bolide.remoting.PeerCalls;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A reply goes to the producer that waits for it, over the connection which that has opened.
final class ReplyTest {
    private static final String TO_ASKER = "REPLY_TO_CLIENT\1asker\2CORRELATION_ID\1c-1\2";

    @TempDir Path data;
    private ListeningBroker listening;
    private BrokerHarness broker;
    private InetSocketAddress address;
    private SocketClient asker;
    private SocketClient replier;

    @BeforeEach
    void open() {
        listening = new ListeningBroker(data);
        broker = listening.broker;
        address = listening.address;
        asker = new SocketClient(address);
        replier = new SocketClient(address);
        asker.ask(heartbeat("asker", "P"));
    }

    @AfterEach
    void close() {
        asker.close();
        replier.close();
        listening.close();
    }

    private static Frame heartbeat(String clientId, String... producerGroups) {
        return new Heartbeat(clientId, List.of(producerGroups), List.of(), 0, false).encode();
    }

    private static Frame reply(String properties) {
        SendRequest send = BrokerHarness.message("C_REPLY_TOPIC", 0, "re: hello", properties);
        Frame frame = send.encode();
        return Frame.request(RequestCode.SEND_REPLY_MESSAGE_V2, frame.fields(), frame.body())
                .withOpaque(41);
    }

    private static String text(Frame frame) {
        return StandardCharsets.UTF_8.decode(frame.body()).toString();
    }

    private void answer(Frame question, int code, String remark) {
        asker.send(List.of(question.answer(code, remark, Fields.NONE, Frame.emptyBody())));
    }

    @Test
    void shouldHandAReplyToTheClientThatItNames() {
        // when
        replier.send(List.of(reply(TO_ASKER)));
        Frame pushed = asker.receive();

        // then
        assertThat(pushed.code()).isEqualTo(RequestCode.PUSH_REPLY_MESSAGE_TO_CLIENT);
        assertThat(pushed.isOneWay()).isFalse();
        assertThat(text(pushed)).isEqualTo("re: hello");
        Fields fields = pushed.fields();
        assertThat(fields.text("producerGroup")).isEqualTo("P");
        assertThat(fields.text("topic")).isEqualTo("C_REPLY_TOPIC");
        assertThat(fields.text("defaultTopic")).isEqualTo("TBW102");
        assertThat(fields.integer("defaultTopicQueueNums")).isEqualTo(4);
        assertThat(fields.integer("queueId")).isZero();
        assertThat(fields.integer("sysFlag")).isZero();
        assertThat(fields.number("bornTimestamp")).isEqualTo(1);
        assertThat(fields.integer("flag")).isEqualTo(7);
        assertThat(fields.integer("reconsumeTimes")).isZero();
        assertThat(fields.text("unitMode")).isEqualTo("false");
        assertThat(fields.text("bornHost")).isEqualTo("127.0.0.1:" + replier.address().getPort());
        assertThat(fields.text("storeHost")).startsWith("127.0.0.1:");
        assertThat(fields.number("storeTimestamp")).isPositive();
        assertThat(MessageProperties.decode(fields.text("properties")))
                .containsEntry("CORRELATION_ID", "c-1")
                .containsEntry("REPLY_TO_CLIENT", "asker")
                .containsEntry("PUSH_REPLY_TIME", fields.text("storeTimestamp"));

        // when
        answer(pushed, 0, "");

        // then
        Frame answer = replier.receive();
        assertThat(answer.opaque()).isEqualTo(41);
        assertThat(answer.code()).isZero();
        assertThat(answer.fields().text("msgId")).isEqualTo("0");
        assertThat(answer.fields().integer("queueId")).isZero();
        assertThat(answer.fields().number("queueOffset")).isZero();
        assertThat(broker.maxOffset("C_REPLY_TOPIC", 0)).as("messages kept").isZero();
    }

    @Test
    void shouldSayThatNobodyOfThatNameIsConnected() {
        // when
        Frame answer = replier.ask(reply("REPLY_TO_CLIENT\1nobody\2"));

        // then
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("nobody", "no connection to this broker");
    }

    @Test
    void shouldRefuseAReplyThatNamesNobody() {
        // when
        Frame answer = replier.ask(reply("CORRELATION_ID\1c-1\2"));

        // then
        assertThat(answer.code()).isEqualTo(13);
        assertThat(answer.remark()).contains("REPLY_TO_CLIENT");
    }

    @Test
    void shouldSayWhyAReplyIsNotTaken() {
        // when refused
        replier.send(List.of(reply(TO_ASKER)));
        answer(asker.receive(), 3, "what is that");

        // then
        Frame refused = replier.receive();
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.remark()).contains("asker", "code 3", "what is that");

        // when silent
        replier.send(List.of(reply(TO_ASKER)));
        asker.receive();
        broker.timers.advance(10_000);

        // then
        assertThat(replier.receive().remark()).contains("asker", "10 s");

        // when gone
        replier.send(List.of(reply(TO_ASKER)));
        asker.receive();
        asker.close();

        // then
        assertThat(replier.receive().remark()).contains("asker", "offline");
    }

    @Test
    void shouldReachAClientByItsNewestConnection() {
        // given
        try (SocketClient again = new SocketClient(address)) {
            again.ask(heartbeat("asker", "P"));
            asker.ask(heartbeat("asker")); // produces no more by the first one

            // when
            replier.send(List.of(reply(TO_ASKER)));
            Frame pushed = again.receive();

            // then
            assertThat(text(pushed)).isEqualTo("re: hello");
            again.send(List.of(pushed.answer(0, "", Fields.NONE, Frame.emptyBody())));
            assertThat(replier.receive().code()).isZero();
        }
    }

    @Test
    void shouldReachAClientByAnOlderConnectionWhenTheNewestIsGone() {
        // given
        SocketClient again = new SocketClient(address);
        again.ask(heartbeat("asker", "P"));
        replier.send(List.of(reply(TO_ASKER)));
        again.receive();
        again.close();
        assertThat(replier.receive().remark()).contains("offline"); // so the broker knows

        // when
        replier.send(List.of(reply(TO_ASKER)));

        // then
        assertThat(text(asker.receive())).isEqualTo("re: hello");
    }

    @Test
    void shouldKeepRepliesToASilentClientFromBeingInTheWayOfOthers() {
        // given
        int most = PeerCalls.MOST_UNANSWERED;
        replier.send(Collections.nCopies(most, reply(TO_ASKER)));
        for (int i = 0; i < most; i++) {
            asker.receive();
        }

        // when
        Frame oneMore = replier.ask(reply(TO_ASKER));
        Frame waited = replier.ask(new CommitOffset("G", "TBW102", 0, 0).encode());

        // then
        assertThat(oneMore.remark()).contains("asker", "does not take");
        assertThat(waited.code()).isZero();
    }

    @Test
    void shouldForgetAClientThatProducesNoMore() {
        // given
        asker.ask(heartbeat("asker"));

        // when, then
        assertThat(replier.ask(reply(TO_ASKER)).remark()).contains("no connection");
    }
}
