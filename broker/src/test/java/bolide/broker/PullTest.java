package bolide.broker;

import static bolide.broker.BrokerHarness.heldPull;
import static bolide.broker.BrokerHarness.pull;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.Subscription;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.pull.PullResponse;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.Volume;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a pull brings, now or later.
final class PullTest {
    private static final int FOUND = 0;
    private static final int NOTHING_NEW = 19;
    private static final int NONE_MATCHED = 20;

    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void send(String topic, int count, String properties) {
        for (int i = 0; i < count; i++) {
            assertThat(broker.send(topic, 0, "body " + i, properties).code()).isZero();
        }
    }

    private static PullResponse head(Frame answer) {
        return PullResponse.decode(answer.fields());
    }

    private static List<String> bodies(Frame answer) {
        return MessageRecord.decodeAll(answer.body()).stream()
                .map(record -> new String(record.body()))
                .toList();
    }

    @Test
    void shouldHandOutMessagesInOrder() {
        // given
        send("T", 3, "");
        broker.awaitEnd("T", 0, 3);

        // when
        Frame answer = broker.ask(pull("T", 0, 1, "*").encode());

        // then
        assertThat(answer.code()).isEqualTo(FOUND);
        assertThat(bodies(answer)).containsExactly("body 1", "body 2");
        assertThat(head(answer)).isEqualTo(new PullResponse(0, 3, 0, 3));
    }

    @Test
    void shouldMendAnIndexFileOnAThreadThatMayWait() throws IOException {
        for (boolean held : new boolean[] {false, true}) {
            // given messages whose index file has rotted
            Path directory = data.resolve("mended " + held);
            broker.close();
            broker = new BrokerHarness(directory, FlushPolicy.SYNC);
            send("T", 3, "");
            broker.awaitEnd("T", 0, 3);
            broker.close();
            Queue<Thread> menders = new ConcurrentLinkedQueue<>();
            broker = new BrokerHarness(watched(directory, menders), FlushPolicy.SYNC, 1 << 30);
            rot(directory.resolve("index").resolve("0".repeat(20)));

            // when
            int number =
                    held
                            ? broker.post(broker.client, heldPull("T", 0, 3, "*", 10_000).encode())
                            : broker.post(broker.client, pull("T", 0, 0, "*").encode());
            if (held) {
                send("T", 1, ""); // wakes it
            }

            // then
            Frame answer = broker.answer(broker.client, number);
            assertThat(answer.code()).isEqualTo(FOUND);
            assertThat(bodies(answer)).hasSize(held ? 1 : 3);
            assertThat(menders).isNotEmpty().doesNotContain(Thread.currentThread());
        }
    }

    /// @param creators told who makes index files
    private static Volume watched(Path directory, Queue<Thread> creators) {
        Volume volume = new DirectoryVolume(directory);
        return (Volume)
                Proxy.newProxyInstance(
                        Volume.class.getClassLoader(),
                        new Class<?>[] {Volume.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("create")
                                    && arguments[0].toString().startsWith("index/")) {
                                creators.add(Thread.currentThread());
                            }
                            return method.invoke(volume, arguments);
                        });
    }

    private static void rot(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            int header = 128;
            channel.write(ByteBuffer.allocate((int) channel.size() - header), header);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,19,3", "4,21,3", "99,21,3", "-1,21,0"})
    void shouldCorrectOffsetsThatAreNotTheQueues(long asked, int code, long next) {
        // given
        send("T", 3, "");
        broker.awaitEnd("T", 0, 3);

        // when
        Frame answer = broker.ask(pull("T", 0, asked, "*").encode());

        // then
        assertThat(answer.code()).isEqualTo(code);
        assertThat(head(answer)).isEqualTo(new PullResponse(0, next, 0, 3));
    }

    @ParameterizedTest
    @CsvSource({"0,19", "5,21"})
    void shouldKnowAQueueThatNeverHadAMessage(long asked, int code) {
        // given
        send("T", 1, "");

        // when
        Frame answer = broker.ask(pull("T", 3, asked, "*").encode());

        // then
        assertThat(answer.code()).isEqualTo(code);
        assertThat(head(answer)).isEqualTo(new PullResponse(0, 0, 0, 0));
    }

    @Test
    void shouldPassOverOtherTags() {
        // given
        send("T", 2, "TAGS\1a\2");
        send("T", 1, "TAGS\1b\2");
        send("T", 1, "");
        broker.awaitEnd("T", 0, 4);

        // when
        Frame matched = broker.ask(pull("T", 0, 0, "b || c").encode());
        Frame unmatched = broker.ask(pull("T", 0, 0, "none").encode());

        // then
        assertThat(matched.code()).isEqualTo(FOUND);
        assertThat(bodies(matched)).containsExactly("body 0");
        assertThat(head(matched).nextBeginOffset()).isEqualTo(4);
        assertThat(unmatched.code()).isEqualTo(NONE_MATCHED);
        assertThat(head(unmatched).nextBeginOffset()).isEqualTo(4);
    }

    @Test
    void shouldLetAHashCollisionThroughForTheClientToDecide() {
        // given
        send("T", 1, "TAGS\1BB\2"); // "Aa" and "BB" have the same hash code
        broker.awaitEnd("T", 0, 1);

        // then
        assertThat(bodies(broker.ask(pull("T", 0, 0, "Aa").encode()))).hasSize(1);
    }

    @Test
    void shouldLimitCountAndBytes() {
        // given
        String big = "x".repeat(100 * 1024);
        for (int i = 0; i < 4; i++) {
            broker.send("Big", 0, big, "");
        }
        send("Many", 200, "");
        broker.awaitEnd("Big", 0, 4);
        broker.awaitEnd("Many", 0, 200);

        // when
        Frame bytesLimited = broker.ask(pull("Big", 0, 0, "*").encode());
        Frame smallLimit = broker.ask(withLimits("Big", 32, 1));
        Frame many = broker.ask(withLimits("Many", 1000, 0));

        // then
        assertThat(bodies(bytesLimited)).hasSize(2);
        assertThat(bodies(smallLimit)).as("the first is always there").hasSize(1);
        assertThat(bodies(many)).hasSize(160);
    }

    private static Frame withLimits(String topic, int messages, int bytes) {
        return new PullRequest(
                        "G",
                        topic,
                        0,
                        0,
                        messages,
                        PullRequest.SUBSCRIPTION,
                        0,
                        0,
                        0,
                        "*",
                        "TAG",
                        bytes)
                .encode();
    }

    @Test
    void shouldHoldAPullUntilAMessageComes() {
        // given
        send("T", 1, "");
        broker.awaitEnd("T", 0, 1);
        FakeClient consumer = new FakeClient(1);
        int held = broker.post(consumer, heldPull("T", 0, 1, "*", 15_000).encode());
        assertThat(consumer.responses(held)).isEmpty();

        // when
        send("T", 1, "");

        // then
        Frame answer = broker.answer(consumer, held);
        assertThat(answer.code()).isEqualTo(FOUND);
        assertThat(head(answer).nextBeginOffset()).isEqualTo(2);
        broker.timers.advance(60_000);
        assertThat(consumer.responses(held)).as("no second answer").hasSize(1);
    }

    @Test
    void shouldHoldAPullOfAQueueThatHasNoMessageYet() {
        // given
        send("T", 1, "");
        FakeClient consumer = new FakeClient(1);
        int held = broker.post(consumer, heldPull("T", 2, 0, "*", 15_000).encode());

        // when
        broker.send("T", 2, "first", "");

        // then
        assertThat(bodies(broker.answer(consumer, held))).containsExactly("first");
    }

    @Test
    void shouldAnswerAHeldPullWhenItsTimeIsUp() {
        // given
        send("T", 1, "");
        broker.awaitEnd("T", 0, 1);
        int held = broker.post(broker.client, heldPull("T", 0, 1, "*", 15_000).encode());

        // when
        broker.timers.advance(14_999);
        assertThat(broker.client.responses(held)).isEmpty();
        broker.timers.advance(1);

        // then
        Frame answer = broker.answer(broker.client, held);
        assertThat(answer.code()).isEqualTo(NOTHING_NEW);
        assertThat(head(answer)).isEqualTo(new PullResponse(0, 1, 0, 1));
    }

    @Test
    void shouldGoOnHoldingWhileOnlyOtherTagsCome() {
        // given
        send("T", 1, "");
        broker.awaitEnd("T", 0, 1);
        int held = broker.post(broker.client, heldPull("T", 0, 1, "a", 15_000).encode());

        // when
        send("T", 3, "TAGS\1b\2");
        broker.awaitEnd("T", 0, 4);

        // then
        assertThat(broker.client.responses(held)).isEmpty();
        broker.timers.advance(15_000);
        Frame answer = broker.answer(broker.client, held);
        assertThat(answer.code()).isEqualTo(NONE_MATCHED);
        assertThat(head(answer).nextBeginOffset()).as("passed over for good").isEqualTo(4);
    }

    @Test
    void shouldNotHoldForLongerThanAMinute() {
        // given
        send("T", 1, "");
        broker.awaitEnd("T", 0, 1);
        int held = broker.post(broker.client, heldPull("T", 0, 1, "*", Long.MAX_VALUE).encode());

        // when
        broker.timers.advance(60_000);

        // then
        assertThat(broker.answer(broker.client, held).code()).isEqualTo(NOTHING_NEW);
    }

    @Test
    void shouldForgetAHeldPullWhoseConnectionIsGone() {
        // given
        send("T", 1, "");
        broker.awaitEnd("T", 0, 1);
        FakeClient gone = new FakeClient(1);
        int held = broker.post(gone, heldPull("T", 0, 1, "*", 15_000).encode());

        // when
        broker.closed(gone);
        send("T", 1, "");

        // then
        broker.awaitEnd("T", 0, 2);
        broker.timers.advance(15_000);
        assertThat(gone.responses(held)).isEmpty();
    }

    @Test
    void shouldDropAHeldPullWhenItsConnectionCloses() {
        // given
        send("T", 1, "");
        broker.awaitEnd("T", 0, 1);
        int timers = broker.timers.size();
        FakeClient gone = new FakeClient(1);
        broker.post(gone, heldPull("T", 0, 1, "*", 60_000).encode());
        broker.post(gone, heldPull("T", 1, 0, "*", 60_000).encode());
        int other = broker.post(broker.client, heldPull("T", 0, 1, "*", 60_000).encode());
        assertThat(broker.timers.size()).isEqualTo(timers + 3);

        // when
        broker.closed(gone);

        // then
        assertThat(broker.timers.size()).isEqualTo(timers + 1);
        send("T", 1, "");
        assertThat(bodies(broker.answer(broker.client, other))).hasSize(1);
        assertThat(broker.timers.size()).isEqualTo(timers);
    }

    @Test
    void shouldNotHoldAPullWhoseConnectionClosedMeanwhile() {
        // given
        send("T", 1, "");
        broker.awaitEnd("T", 0, 1);
        int timers = broker.timers.size();
        FakeClient gone = new FakeClient(1);
        broker.closed(gone);

        // when
        broker.post(gone, heldPull("T", 0, 1, "*", 60_000).encode());

        // then
        assertThat(broker.timers.size()).isEqualTo(timers);
    }

    @Test
    void shouldReadOldMessagesAwayFromTheConnection() {
        // given
        broker.close();
        broker = new BrokerHarness(data.resolve("cold"), FlushPolicy.ASYNC, 10);
        send("T", 3, "");
        broker.awaitEnd("T", 0, 3);

        // when
        Frame answer = broker.ask(pull("T", 0, 0, "*").encode());

        // then
        assertThat(bodies(answer)).hasSize(3);
    }

    @Test
    void shouldPassOverADamagedMessageAndGoOn() throws IOException {
        // given a message that rots on the disk between two lives
        send("T", 3, "");
        broker.awaitEnd("T", 0, 3);
        broker.close();
        Path segment = data.resolve("commitlog").resolve("00000000000000000000");
        byte[] log = Files.readAllBytes(segment);
        int at = new String(log, StandardCharsets.ISO_8859_1).indexOf("body 1");
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {'B'}), at);
        }
        open();

        // when
        Frame all = broker.ask(pull("T", 0, 0, "*").encode());
        Frame onlyIt = broker.ask(pull("T", 0, 1, "*").encode());

        // then
        assertThat(bodies(all)).containsExactly("body 0", "body 2");
        assertThat(head(all)).isEqualTo(new PullResponse(0, 3, 0, 3));
        assertThat(bodies(onlyIt)).containsExactly("body 2");
    }

    @Test
    void shouldCommitWhatAPullCarriesAlong() {
        // given
        send("T", 3, "");
        broker.awaitEnd("T", 0, 3);

        // when
        broker.ask(
                new PullRequest(
                                "G",
                                "T",
                                0,
                                2,
                                32,
                                PullRequest.SUBSCRIPTION | PullRequest.COMMIT_OFFSET,
                                2,
                                0,
                                0,
                                "*",
                                "TAG",
                                0)
                        .encode());

        // then
        Frame committed =
                broker.ask(
                        RequestCode.QUERY_CONSUMER_OFFSET,
                        "consumerGroup",
                        "G",
                        "topic",
                        "T",
                        "queueId",
                        "0");
        assertThat(committed.fields().number("offset")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"NoTopic,0,17", "T,4,29", "T,-1,29", "rmq_sys_bolide_state,0,17"})
    void shouldRefuseQueuesThatAreNotThere(String topic, int queueId, int code) {
        // given
        send("T", 1, "");

        // then
        Frame answer = broker.ask(pull(topic, queueId, 0, "*").encode());
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).isNotEmpty();
    }

    @Test
    void shouldUseTheSubscriptionOfTheHeartbeat() {
        // given
        send("T", 1, "TAGS\1a\2");
        send("T", 1, "TAGS\1b\2");
        broker.awaitEnd("T", 0, 2);
        Frame bare = bare(7);
        assertThat(broker.ask(bare).code()).as("nobody has subscribed").isEqualTo(24);

        // when
        broker.ask(BrokerHarness.heartbeat("c1", "G", Subscription.ofTags("T", "b", 7)));

        // then
        assertThat(bodies(broker.ask(bare))).containsExactly("body 0");
        assertThat(broker.ask(bare(8)).code()).as("an older version").isEqualTo(25);
    }

    private static Frame bare(long subVersion) {
        return new PullRequest("G", "T", 0, 0, 32, 0, 0, 0, subVersion, "", "TAG", 0).encode();
    }

    @Test
    void shouldSayThatOtherFiltersAreNotThereYet() {
        // given
        send("T", 1, "");

        // when
        Frame answer =
                broker.ask(
                        new PullRequest(
                                        "G",
                                        "T",
                                        0,
                                        0,
                                        32,
                                        PullRequest.SUBSCRIPTION,
                                        0,
                                        0,
                                        0,
                                        "a > 5",
                                        "SQL92",
                                        0)
                                .encode());

        // then
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("SQL92").contains("not supported");
    }
}
