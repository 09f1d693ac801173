package bolide.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.client.admin.Admin;
import bolide.client.consumer.PullConsumer;
import bolide.client.consumer.PullResult;
import bolide.client.consumer.PushConsumer;
import bolide.client.consumer.ReceivedMessage;
import bolide.client.consumer.StartAt;
import bolide.client.producer.Message;
import bolide.client.producer.Producer;
import bolide.client.producer.ProducerSettings;
import bolide.client.producer.SendException;
import bolide.client.producer.SendReceipt;
import bolide.client.route.BrokerException;
import bolide.client.route.NoRouteException;
import bolide.client.simulated.FakeBroker;
import bolide.client.simulated.FakeNameServer;
import bolide.protocol.route.BrokerData;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.netty.NettyNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole client, with real threads and sockets, against a broker without a disk. */
@Timeout(60)
class BolideClientTest {
    private static final String TOPIC = "orders";

    /** Makes threads and remembers them. */
    private static final class RememberedThreads implements ThreadFactory {
        final Collection<Thread> made = new ConcurrentLinkedQueue<>();

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task);
            made.add(thread);
            return thread;
        }

        List<String> alive() {
            return made.stream().filter(Thread::isAlive).map(Thread::getName).toList();
        }
    }

    private final NettyNetwork network = new NettyNetwork(1, Thread::new);
    private final FakeBroker broker = new FakeBroker("a", network.timers()).withTopic(TOPIC, 8);
    private final FakeNameServer nameServer = new FakeNameServer().with(broker);
    private final RememberedThreads threads = new RememberedThreads();
    private final String nameServerAddress;

    BolideClientTest() {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        broker.listen(network, anywhere);
        nameServerAddress = "127.0.0.1:" + nameServer.listen(network, anywhere).address().getPort();
    }

    @AfterEach
    void close() {
        network.close();
    }

    private BolideClient connect() {
        return BolideClient.connect(nameServerAddress, threads);
    }

    /**
     * @return how many milliseconds it took until the last thread had ended
     */
    private long closeAndJoin(BolideClient client) throws InterruptedException {
        long from = System.nanoTime();
        client.close();
        for (Thread thread : threads.made) {
            thread.join(1_000);
        }
        return Duration.ofNanos(System.nanoTime() - from).toMillis();
    }

    @Test
    void shouldSendAndConsumeWithTwoMembersAndLoseNothing() throws Exception {
        // given
        int count = 5_000;
        Set<String> consumed = ConcurrentHashMap.newKeySet();
        AtomicInteger deliveries = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(count);
        try (BolideClient one = connect();
                BolideClient two = connect()) {
            for (BolideClient client : List.of(one, two)) {
                client.consumer("billing")
                        .subscribe(TOPIC)
                        .startAt(StartAt.FIRST)
                        .start(message -> {
                            deliveries.incrementAndGet();
                            if (consumed.add(message.messageId())) {
                                all.countDown();
                            }
                        });
            }
            Producer producer = one.producer("shop");
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();

            // when
            List<CompletableFuture<?>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Message message = Message.of(TOPIC, ("message " + i).getBytes(UTF_8));
                sent.add(
                        producer.sendAsync(message)
                                .thenAccept(receipt -> acknowledged.add(receipt.messageId())));
            }
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();

            // then
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(acknowledged).hasSize(count);
            assertThat(consumed).isEqualTo(acknowledged);
            assertThat(deliveries).hasValue(count);
        }
    }

    @Test
    void shouldCommitWhenItIsClosed() throws Exception {
        // given
        CountDownLatch consumed = new CountDownLatch(100);
        try (BolideClient client = connect()) {
            PushConsumer consumer =
                    client.consumer("billing")
                            .subscribe(TOPIC)
                            .startAt(StartAt.FIRST)
                            .start(message -> consumed.countDown());
            broker.fill(TOPIC, 5, 100);
            assertThat(consumed.await(10, TimeUnit.SECONDS)).isTrue();

            // when
            consumer.close();

            // then
            assertThat(broker.committed("billing", TOPIC, 5)).contains(100L);
            assertThat(broker.members("billing")).isEmpty();
        }
    }

    @Test
    void shouldEndAllThreadsWithinASecond() throws Exception {
        // given
        BolideClient client = connect();
        Producer producer = client.producer("shop");
        client.consumer("billing").subscribe(TOPIC).start(message -> {});
        producer.send(Message.of(TOPIC, new byte[10]));
        List<String> before = threads.alive();

        // when
        long tookMillis = closeAndJoin(client);

        // then
        assertThat(before).contains("bolide-client-1", "io-1");
        assertThat(threads.alive()).isEmpty();
        assertThat(tookMillis).isLessThan(1_000);
    }

    @Test
    void shouldEndWithinASecondThoughItsListenerIsStuck() throws Exception {
        // given
        CountDownLatch stuck = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        BolideClient client = connect();
        client.consumer("billing")
                .subscribe(TOPIC)
                .startAt(StartAt.FIRST)
                .start(message -> {
                    stuck.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ended) {
                        interrupted.set(true);
                        throw ended;
                    }
                });
        broker.fill(TOPIC, 0, 1);
        assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();

        // when
        long tookMillis = closeAndJoin(client);

        // then
        assertThat(tookMillis).isLessThan(1_000);
        assertThat(interrupted).isTrue();
        assertThat(threads.alive()).isEmpty();
        assertThat(broker.committed("billing", TOPIC, 0)).contains(0L);
    }

    @Test
    void shouldEndWithinASecondThoughItsServersAreGone() throws Exception {
        // given
        BolideClient client = connect();
        client.producer("shop").send(Message.of(TOPIC, new byte[10]));
        client.consumer("billing").subscribe(TOPIC).start(message -> {});
        network.close();

        // when
        long tookMillis = closeAndJoin(client);

        // then
        assertThat(tookMillis).isLessThan(1_000);
        assertThat(threads.alive()).isEmpty();
    }

    @Test
    void shouldThrowOnTheThreadThatSends() {
        // given
        try (BolideClient client = connect()) {
            Producer producer = client.producer("shop");

            // when / then
            assertThatThrownBy(() -> producer.send(Message.of("unknown", new byte[1])))
                    .isInstanceOf(SendException.class)
                    .hasMessageContaining("unknown")
                    .hasStackTraceContaining("shouldThrowOnTheThreadThatSends");
        }
    }

    @Test
    void shouldHoldTheSenderBackWhileTooMuchIsOnItsWay() throws Exception {
        // given
        try (BolideClient client = connect()) {
            Producer producer =
                    client.producer(
                            "shop",
                            ProducerSettings.DEFAULT
                                    .withTimeout(Duration.ofSeconds(1))
                                    .withMaxInFlight(10, 1024 * 1024));
            producer.send(Message.of(TOPIC, new byte[1]));
            broker.mute(true);
            AtomicInteger started = new AtomicInteger();
            CountDownLatch ten = new CountDownLatch(10);
            Thread sender =
                    new Thread(() -> {
                        for (int i = 0; i < 11; i++) {
                            producer.sendAsync(Message.of(TOPIC, new byte[1]));
                            started.incrementAndGet();
                            ten.countDown();
                        }
                    });

            // when
            sender.start();
            assertThat(ten.await(10, TimeUnit.SECONDS)).isTrue();
            sender.join(200);

            // then: the eleventh waits, until one of the ten has failed
            assertThat(started).hasValue(10);
            assertThat(sender.isAlive()).isTrue();
            broker.mute(false);
            sender.join(10_000);
            assertThat(started).hasValue(11);
        }
    }

    @Test
    void shouldSendOneWayAndInBatches() throws Exception {
        // given
        Collection<ReceivedMessage> received = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(1_100);
        try (BolideClient client = connect()) {
            client.consumer("billing")
                    .subscribe(TOPIC)
                    .startAt(StartAt.FIRST)
                    .start(message -> {
                        received.add(message);
                        all.countDown();
                    });
            Producer producer = client.producer("shop");

            // when
            for (int i = 0; i < 1_000; i++) {
                producer.sendOneWay(Message.of(TOPIC, new byte[100]).withTag("one-way"));
            }
            List<Message> batch = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                batch.add(Message.of(TOPIC, new byte[] {(byte) i}).withTag("batch"));
            }
            List<SendReceipt> receipts = producer.sendBatch(batch);

            // then
            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(receipts)
                    .extracting(SendReceipt::queue)
                    .containsOnly(receipts.get(0).queue());
            Set<String> ofBatch = new HashSet<>();
            received.stream()
                    .filter(message -> message.tag().equals("batch"))
                    .forEach(message -> ofBatch.add(message.messageId()));
            assertThat(receipts)
                    .extracting(SendReceipt::messageId)
                    .containsExactlyInAnyOrderElementsOf(ofBatch);
        }
    }

    @Test
    void shouldPullWhereItIsTold() {
        // given
        broker.fill(TOPIC, 3, 10);
        try (BolideClient client = connect()) {
            PullConsumer consumer = client.pullConsumer("reports");
            MessageQueue queue = consumer.queues(TOPIC).join().get(3);

            // when
            PullResult found = consumer.pull(queue, "*", 4, 3, Duration.ZERO).join();
            PullResult nothing = consumer.pull(queue, "*", 10, 3, Duration.ZERO).join();
            PullResult moved = consumer.pull(queue, "*", 99, 3, Duration.ZERO).join();
            CompletableFuture<PullResult> held =
                    consumer.pull(queue, "*", 10, 3, Duration.ofSeconds(20));
            broker.fill(TOPIC, 3, 1);

            // then
            assertThat(found.messages())
                    .extracting(ReceivedMessage::queueOffset)
                    .containsExactly(4L, 5L, 6L);
            assertThat(found.nextOffset()).isEqualTo(7);
            assertThat(nothing.status()).isEqualTo(PullResult.Status.NOTHING_NEW);
            assertThat(moved.status()).isEqualTo(PullResult.Status.OFFSET_MOVED);
            assertThat(moved.nextOffset()).isEqualTo(10);
            assertThat(held.join().messages()).hasSize(1);
            assertThat(consumer.committed(queue).join()).isEmpty();
            consumer.commit(queue, 7).join();
            assertThat(consumer.committed(queue).join()).hasValue(7);
        }
    }

    @Test
    void shouldAdministerTopics() {
        // given
        broker.fill(TOPIC, 0, 4);
        broker.begin(TOPIC, 0, 2);
        try (BolideClient client = connect()) {
            Admin admin = client.admin();

            // when
            admin.createTopic(TopicConfig.of("fresh", 3), "C1");
            admin.createTopicAt(TopicConfig.of("other", 5), broker.address());

            // then
            assertThat(admin.route("fresh").writable()).hasSize(3);
            assertThat(admin.route("other").readable()).hasSize(5);
            assertThat(admin.brokers()).extracting(BrokerData::brokerName).containsExactly("a");
            MessageQueue queue = new MessageQueue(TOPIC, "a", 0);
            assertThat(admin.minOffset(queue)).isEqualTo(2);
            assertThat(admin.maxOffset(queue)).isEqualTo(4);
            assertThat(admin.committedOffset("nobody", queue)).isEmpty();
            broker.commit("billing", TOPIC, 0, 3);
            assertThat(admin.committedOffset("billing", queue)).hasValue(3);
            assertThatThrownBy(() -> admin.createTopic(TopicConfig.of("x", 1), "C9"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("C9")
                    .hasMessageContaining("C1");
            assertThatThrownBy(() -> admin.route("unknown"))
                    .isInstanceOf(NoRouteException.class)
                    .hasMessageContaining("CODE: 17");
            assertThatThrownBy(() -> admin.maxOffset(new MessageQueue("unknown", "a", 0)))
                    .isInstanceOf(NoRouteException.class);
            broker.refuseTopics();
            assertThatThrownBy(
                            () -> admin.createTopicAt(TopicConfig.of("late", 1), broker.address()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("CODE: 16")
                    .hasMessageContaining(broker.address());
        }
    }

    @Test
    void shouldNotStartWithoutANameServer() {
        // given / when / then
        assertThatThrownBy(() -> BolideClient.connect(" ; ", threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host:port");
        assertThat(threads.made).isEmpty();
    }
}
