package bolide.client.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.client.producer.SendReceipt.Safety;
import bolide.client.simulated.FakeBroker;
import bolide.client.simulated.FakeNameServer;
import bolide.client.simulated.ManualTime;
import bolide.client.simulated.MemoryNetwork;
import bolide.client.simulated.SimulatedClient;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.message.BatchBody;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.send.SendRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProducerTest {
    private static final String TOPIC = "orders";
    private static final String A = "127.0.0.1:10911";
    private static final String B = "127.0.0.1:20911";
    private static final String NAME_SERVER = "127.0.0.1:9876";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final MemoryNetwork network = new MemoryNetwork(time);
    private final FakeBroker brokerA = new FakeBroker("a", time).withTopic(TOPIC, 4);
    private final FakeBroker brokerB = new FakeBroker("b", time).withTopic(TOPIC, 4);
    private final FakeNameServer nameServer = new FakeNameServer().with(brokerA).with(brokerB);
    private final SimulatedClient client = new SimulatedClient("p1", NAME_SERVER, network, time);

    ProducerTest() {
        brokerA.listen(network, A);
        brokerB.listen(network, B);
        nameServer.listen(network, NAME_SERVER);
    }

    @Test
    void shouldSendAndSayWhereTheMessageLies() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        Message message =
                Message.of(TOPIC, "hello".getBytes(UTF_8))
                        .withTag("paid")
                        .withKeys("k1", "k2")
                        .withProperty("shop", "7");

        // when
        SendReceipt receipt = settled(producer.sendAsync(message));

        // then
        SendRequest request = sends().get(0);
        Map<String, String> properties = MessageProperties.decode(request.propertyText());
        assertThat(properties)
                .containsEntry("TAGS", "paid")
                .containsEntry("KEYS", "k1 k2")
                .containsEntry("shop", "7")
                .containsEntry("WAIT", "true")
                .containsEntry("UNIQ_KEY", receipt.messageId());
        assertThat(UTF_8.decode(request.body()).toString()).isEqualTo("hello");
        assertThat(request.producerGroup()).isEqualTo("shop");
        assertThat(receipt.queue().queueId()).isEqualTo(request.queueId());
        assertThat(receipt.queueOffset()).isZero();
        assertThat(receipt.offsetMessageId()).hasSize(32);
        assertThat(receipt.safety()).isEqualTo(Safety.AS_CONFIGURED);
    }

    @Test
    void shouldUseAllQueuesInTurn() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);

        // when
        List<MessageQueue> used = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            used.add(settled(producer.sendAsync(message())).queue());
        }

        // then
        assertThat(used.subList(0, 8)).doesNotHaveDuplicates();
        assertThat(used.subList(8, 16)).isEqualTo(used.subList(0, 8));
    }

    @Test
    void shouldTryAnotherBrokerAfterARefusalThatIsWorthIt() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        for (int code : List.of(1, 2, 14, 16, 17, 204, 205, 1500)) {
            brokerA.refuseSends(code);
            int before = brokerB.sends().size();

            // when: at least one of two goes to the broker that refuses
            settled(producer.sendAsync(message()));
            SendReceipt receipt = settled(producer.sendAsync(message()));

            // then
            assertThat(receipt.messageId()).isNotEmpty();
            assertThat(brokerB.sends().size()).isGreaterThan(before);
            settled(producer.sendAsync(message()));
            settled(producer.sendAsync(message()));
            settled(producer.sendAsync(message()));
        }
        assertThat(sends().size()).isGreaterThan((int) (stored() + 6));
    }

    @Test
    void shouldKeepTheIdOfAMessageThatIsTriedAgain() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        brokerA.refuseSends(2);
        brokerB.refuseSends(2);

        // when
        SendReceipt receipt = settled(producer.sendAsync(message()));

        // then
        assertThat(sends()).hasSize(3);
        assertThat(sends())
                .allSatisfy(request ->
                        assertThat(MessageProperties.decode(request.propertyText()))
                                .containsEntry("UNIQ_KEY", receipt.messageId()));
    }

    @Test
    void shouldGiveUpAfterItsTriesAndSayWhy() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        brokerA.refuseSends(2, 2, 2);
        brokerB.refuseSends(2, 2, 2);

        // when
        SendException failure = failed(producer.sendAsync(message()));

        // then
        assertThat(sends()).hasSize(3);
        assertThat(failure.code()).isEqualTo(ResponseCode.SYSTEM_BUSY);
        assertThat(failure.topic()).isEqualTo(TOPIC);
        assertThat(failure.brokerName()).isIn("a", "b");
        assertThat(failure.remark()).isEqualTo("refused as told");
        assertThat(failure)
                .hasMessageContaining("in 3 tries and 210 ms")
                .hasMessageContaining("CODE: 2  DESC: refused as told")
                .hasMessageContaining("send less");
    }

    @Test
    void shouldNotTryAgainWhatNoBrokerWillTake() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        brokerA.refuseSends(13);
        brokerB.refuseSends(13);

        // when
        SendException failure = failed(producer.sendAsync(message()));

        // then
        assertThat(sends()).hasSize(1);
        assertThat(failure.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
    }

    @Test
    void shouldTellHowSafeAMessageIs() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        brokerA.refuseSends(ResponseCode.FLUSH_DISK_TIMEOUT);
        brokerB.refuseSends(ResponseCode.FLUSH_DISK_TIMEOUT);

        // when
        SendReceipt receipt = settled(producer.sendAsync(message()));

        // then
        assertThat(receipt.safety()).isEqualTo(Safety.NOT_YET_ON_DISK);
        assertThat(sends()).hasSize(1);
    }

    @Test
    void shouldGoToTheOtherBrokerWhenOneIsGone() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        settled(producer.sendAsync(message()));
        network.cutOff(A);

        // when
        List<SendReceipt> receipts =
                IntStream.range(0, 8)
                        .mapToObj(i -> settled(producer.sendAsync(message())))
                        .toList();

        // then
        assertThat(receipts).extracting(receipt -> receipt.queue().brokerName()).containsOnly("b");
    }

    @Test
    void shouldAvoidABrokerThatDidNotAnswerForAWhile() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        settled(producer.sendAsync(message()));
        brokerA.mute(true);
        List<CompletableFuture<SendReceipt>> both =
                List.of(producer.sendAsync(message()), producer.sendAsync(message()));
        time.pass(Duration.ofSeconds(3));
        int before = brokerA.sends().size();

        // when
        IntStream.range(0, 8).forEach(i -> settled(producer.sendAsync(message())));
        int during = brokerA.sends().size();
        brokerA.mute(false);
        time.pass(Duration.ofSeconds(6));
        IntStream.range(0, 8).forEach(i -> settled(producer.sendAsync(message())));

        // then
        assertThat(both).anyMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(during).isEqualTo(before);
        assertThat(brokerA.sends().size()).isGreaterThan(during);
    }

    @Test
    void shouldNotTakeLongerThanItsTimeout() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        settled(producer.sendAsync(message()));
        network.silence(A);
        network.silence(B);

        // when
        CompletableFuture<SendReceipt> sent = producer.sendAsync(message());
        long tookMillis = time.passUntil(sent::isDone, LONG);

        // then
        assertThat(tookMillis).isBetween(2_990L, 3_010L);
        SendException failure = failed(sent);
        assertThat(failure.code()).isEqualTo(SendException.NO_ANSWER);
        assertThat(failure).hasMessageContaining("may have been stored");
    }

    @Test
    void shouldNotTakeLongerThanItsTimeoutWithoutNameServers() {
        // given
        network.silence(NAME_SERVER);
        SimulatedClient other =
                new SimulatedClient("p2", NAME_SERVER + ";127.0.0.1:9877", network, time);
        Producer producer = other.producers.open("shop", ProducerSettings.DEFAULT);

        // when
        CompletableFuture<SendReceipt> sent = producer.sendAsync(message());
        long tookMillis = time.passUntil(sent::isDone, LONG);

        // then
        assertThat(tookMillis).isLessThan(3_010L);
        assertThat(failed(sent).code()).isEqualTo(SendException.NO_ANSWER);
    }

    @Test
    void shouldPauseBeforeItAsksTheOnlyBrokerAgain() {
        // given
        nameServer.forget(brokerB);
        Producer producer = open(ProducerSettings.DEFAULT);
        brokerA.refuseSends(2, 2);

        // when
        CompletableFuture<SendReceipt> sent = producer.sendAsync(message());
        long tookMillis = time.passUntil(sent::isDone, LONG);

        // then: 100 and 200 milliseconds
        assertThat(tookMillis).isBetween(300L, 330L);
        assertThat(sent).isCompleted();
    }

    @Test
    void shouldKeepMessagesWithOneOrderingKeyInOneQueue() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);

        // when
        List<MessageQueue> ofOne =
                IntStream.range(0, 10)
                        .mapToObj(i -> message().withOrderingKey("customer-7"))
                        .map(message -> settled(producer.sendAsync(message)).queue())
                        .distinct()
                        .toList();
        List<MessageQueue> ofMany =
                IntStream.range(0, 100)
                        .mapToObj(i -> message().withOrderingKey("customer-" + i))
                        .map(message -> settled(producer.sendAsync(message)).queue())
                        .distinct()
                        .toList();

        // then
        assertThat(ofOne).hasSize(1);
        assertThat(ofMany).hasSize(8);
    }

    @Test
    void shouldSendInTheOrderOfTheCallsWhileTheRouteIsSought() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);

        // when
        for (int i = 0; i < 20; i++) {
            producer.sendAsync(numbered(i));
        }
        producer.sendOneWay(numbered(20));
        producer.sendBatchAsync(List.of(numbered(21)));
        time.passMillis(100);

        // then
        assertThat(storedNumbers()).isEqualTo(IntStream.range(0, 22).boxed().toList());
    }

    @Test
    void shouldNotLetAMessageOvertakeThoseThatWaitedForTheRoute() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        producer.sendAsync(numbered(0));
        producer.sendAsync(numbered(1));

        // when: the route is known a moment before those who wait for it are told
        client.routes.refresh(TOPIC).thenRun(() -> producer.sendAsync(numbered(2)));
        time.passMillis(100);

        // then
        assertThat(storedNumbers()).containsExactly(0, 1, 2);
    }

    @Test
    void shouldNotSendAnOrderedMessageElsewhere() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        Message ordered = message().withOrderingKey("k");
        MessageQueue queue = settled(producer.sendAsync(ordered)).queue();
        FakeBroker holder = queue.brokerName().equals("a") ? brokerA : brokerB;
        holder.refuseSends(2, 2, 2);

        // when
        SendException failure = failed(producer.sendAsync(ordered));

        // then
        assertThat(failure.brokerName()).isEqualTo(queue.brokerName());
        assertThat(holder.sends()).hasSize(4).allMatch(sent -> sent.queueId() == queue.queueId());
    }

    @Test
    void shouldSendABatchToOneQueue() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);
        settled(producer.sendAsync(message().withOrderingKey("k")));
        List<Message> messages =
                IntStream.range(0, 5)
                        .mapToObj(i -> message().withTag("t" + i).withOrderingKey("k"))
                        .toList();

        // when
        List<SendReceipt> receipts = settled(producer.sendBatchAsync(messages));

        // then
        assertThat(receipts)
                .extracting(SendReceipt::queueOffset)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(receipts).extracting(SendReceipt::messageId).doesNotHaveDuplicates();
        assertThat(receipts).extracting(SendReceipt::offsetMessageId).doesNotHaveDuplicates();
        assertThat(stored()).isEqualTo(6);
    }

    @Test
    void shouldRefuseABatchOfSeveralTopics() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);

        // when / then
        assertThatThrownBy(() ->
                        producer.sendBatchAsync(
                                List.of(message(), Message.of("other", new byte[1]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other");
        assertThatThrownBy(() -> producer.sendBatchAsync(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSendOneWayWithinTheLimit() {
        // given: room for 100 and an answer to every 16th only
        Producer producer = open(ProducerSettings.DEFAULT.withMaxInFlight(100, 1024 * 1024));
        settled(producer.sendAsync(message()));

        // when
        for (int i = 0; i < 1_000; i++) {
            producer.sendOneWay(message());
            time.passMillis(1);
        }
        time.passMillis(100);

        // then
        assertThat(stored()).isEqualTo(1_001);
    }

    @Test
    void shouldRefuseRatherThanKeepMoreThanAllowed() {
        // given
        ProducerSettings two =
                ProducerSettings.DEFAULT
                        .withMaxInFlight(2, 1024)
                        .withTimeout(Duration.ofMillis(20));
        Producer producer = open(two);
        brokerA.mute(true);
        brokerB.mute(true);
        producer.sendAsync(message());
        producer.sendAsync(message());

        // when: no time passes while the thread waits for room, so there will be none
        SendException failure = failed(producer.sendAsync(message()));

        // then
        assertThat(failure).hasMessageContaining("2 messages or 1024 bytes");
        time.pass(Duration.ofSeconds(1)); // they have failed
        brokerA.mute(false);
        brokerB.mute(false);
        settled(producer.sendAsync(message()));
    }

    @Test
    void shouldCreateATopicOnFirstUseWhereBrokersDo() {
        // given
        brokerA.creatingTopics();
        Producer producer = open(ProducerSettings.DEFAULT);

        // when
        SendReceipt first = settled(producer.sendAsync(Message.of("fresh", new byte[1])));
        SendReceipt second = settled(producer.sendAsync(Message.of("fresh", new byte[1])));

        // then
        assertThat(brokerA.sends().get(0).defaultTopic()).isEqualTo("TBW102");
        assertThat(brokerA.config("fresh"))
                .hasValueSatisfying(c -> assertThat(c.queues()).isEqualTo(4));
        assertThat(first.queue().queueId()).isLessThan(4);
        assertThat(second.queue().topic()).isEqualTo("fresh");
    }

    @Test
    void shouldSayThatATopicIsUnknown() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);

        // when
        SendException failure = failed(producer.sendAsync(Message.of("unknown", new byte[1])));

        // then
        assertThat(failure.code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(failure).hasMessageContaining("topic unknown is unknown");
        assertThat(failure.brokerName()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsTooLargeWithoutSendingIt() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);

        // when
        SendException body = failed(producer.sendAsync(Message.of(TOPIC, new byte[4194305])));
        SendException properties =
                failed(producer.sendAsync(message().withProperty("p", "x".repeat(33_000))));

        // then
        assertThat(body.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(body).hasMessageContaining("4194305").hasMessageContaining("4194304");
        assertThat(properties).hasMessageContaining("32767");
        assertThat(sends()).isEmpty();
    }

    @Test
    void shouldFailWhatPausesWhenItIsClosed() {
        // given
        nameServer.forget(brokerB);
        Producer producer = open(ProducerSettings.DEFAULT);
        brokerA.refuseSends(2, 2, 2);
        CompletableFuture<SendReceipt> sent = producer.sendAsync(message());
        time.passUntil(() -> !sends().isEmpty(), LONG);
        time.passMillis(5);

        // when
        producer.close();

        // then
        assertThat(failed(sent)).hasMessageContaining("closed");
        assertThat(failed(producer.sendAsync(message()))).hasMessageContaining("closed");
    }

    @Test
    void shouldTellBrokersOfItsGroup() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);

        // when
        settled(producer.sendAsync(message()));
        time.passMillis(10);
        producer.close();
        time.passMillis(10);

        // then
        assertThat(brokerA.heartbeats().get(0).producerGroups()).containsExactly("shop");
        assertThat(brokerA.farewells().get(0).producerGroup()).isEqualTo("shop");
    }

    @Test
    void shouldRefuseASecondProducerOfAGroup() {
        // given
        Producer producer = open(ProducerSettings.DEFAULT);

        // when / then
        assertThatThrownBy(() -> open(ProducerSettings.DEFAULT))
                .isInstanceOf(IllegalStateException.class);
        producer.close();
        open(ProducerSettings.DEFAULT).close();
    }

    private Producer open(ProducerSettings settings) {
        return client.producers.open("shop", settings);
    }

    private static Message message() {
        return Message.of(TOPIC, "hello".getBytes(UTF_8));
    }

    private static Message numbered(int number) {
        return message().withOrderingKey("k").withProperty("number", "" + number);
    }

    private List<Integer> storedNumbers() {
        return sends().stream()
                .map(request -> {
                    String properties =
                            request.batch()
                                    ? BatchBody.decode(request.body()).get(0).propertyText()
                                    : request.propertyText();
                    return Integer.valueOf(MessageProperties.decode(properties).get("number"));
                })
                .toList();
    }

    private List<SendRequest> sends() {
        List<SendRequest> all = new ArrayList<>(brokerA.sends());
        all.addAll(brokerB.sends());
        return all;
    }

    private long stored() {
        return brokerA.stored(TOPIC) + brokerB.stored(TOPIC);
    }

    private <T> T settled(CompletableFuture<T> sent) {
        time.passUntil(sent::isDone, LONG);
        return sent.join();
    }

    private SendException failed(CompletableFuture<?> sent) {
        time.passUntil(sent::isDone, LONG);
        try {
            sent.join();
        } catch (CompletionException failure) {
            return (SendException) failure.getCause();
        }
        throw new AssertionError("sent after all");
    }
}
