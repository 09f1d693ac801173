package bolide.app.demo;

import bolide.client.BolideClient;
import bolide.client.consumer.StartAt;
import bolide.client.producer.Message;
import bolide.client.producer.Producer;
import bolide.client.producer.ProducerSettings;
import bolide.client.producer.SendReceipt;
import bolide.protocol.topic.TopicConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Sends messages through a server and consumes them in a group of two, with Bolide's own client.
public final class DemoRun {
    private static final String TOPIC = "Demo";
    private static final String GROUP = "demo-group";
    private static final int QUEUES = 8;
    private static final int ORDERING_KEYS = 1024;
    private static final long PATIENCE_NANOS =
            60_000_000_000L; // thrice what a lost rebalance takes
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30); // a slow machine shows too
    private static final long GLANCE_NANOS = 5_000_000;
    private static final double NANOS = 1e9;

    private final String server;
    private final int messages;
    private final Ledger ledger;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Histogram latencies = new ConcurrentHistogram(3);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong lastReceivedNanos = new AtomicLong();
    private final AtomicLong lastAcknowledgedNanos = new AtomicLong();
    private final AtomicReference<Instant> firstAcknowledged = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean started = new AtomicBoolean();

    /// @param server `HOST:PORT` of a name server
    /// @param messages how many to send, at least 1
    /// @param bodyBytes length of each body, at least 8
    public DemoRun(
            String server,
            int messages,
            int bodyBytes,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.server = server;
        this.messages = messages;
        this.ledger = new Ledger(messages, QUEUES, bodyBytes);
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /// @return least bytes of a body
    public static int smallestBody() {
        return Ledger.SMALLEST_BODY;
    }

    /// Runs once.
    ///
    /// @param processStart when the process began
    /// @param sendProgress told how many messages have been acknowledged
    /// @param receiveProgress told how many messages have been consumed
    public DemoReport run(
            Instant processStart, LongConsumer sendProgress, LongConsumer receiveProgress) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("a demo runs once");
        }
        try (BolideClient sender = BolideClient.connect(server);
                BolideClient first = BolideClient.connect(server);
                BolideClient second = BolideClient.connect(server)) {
            sender.admin().createTopic(TopicConfig.of(TOPIC, QUEUES), clusterOf(sender));
            join(first);
            join(second);
            Producer producer =
                    sender.producer(GROUP, ProducerSettings.DEFAULT.withTimeout(SEND_TIMEOUT));
            long startNanos = nanoClock.getAsLong();
            send(producer, sendProgress);
            await(() -> ledger.missing() == 0, ledger::received, receiveProgress);
            return report(processStart, startNanos);
        }
    }

    private static String clusterOf(BolideClient client) {
        return client.admin().brokers().getFirst().cluster();
    }

    /// The member leaves when its client is closed.
    private void join(BolideClient client) {
        client.consumer(GROUP)
                .subscribe(TOPIC)
                .startAt(StartAt.FIRST)
                .start(message -> {
                    if (ledger.receive(message.queue().queueId(), message.body())) {
                        lastReceivedNanos.accumulateAndGet(nanoClock.getAsLong(), Math::max);
                    }
                });
    }

    private void send(Producer producer, LongConsumer progress) {
        for (int number = 0; number < messages && failure.get() == null; number++) {
            Message message =
                    Message.of(TOPIC, ledger.body(number))
                            .withOrderingKey("" + number % ORDERING_KEYS);
            long sentNanos = nanoClock.getAsLong();
            producer.sendAsync(message)
                    .whenComplete((receipt, failed) -> acknowledged(sentNanos, receipt, failed));
            progress.accept(acknowledged.get());
        }
        await(
                () -> acknowledged.get() == messages || failure.get() != null,
                acknowledged::get,
                progress);
    }

    private void acknowledged(long sentNanos, SendReceipt receipt, Throwable failed) {
        if (failed != null) {
            failure.compareAndSet(null, failed);
            return;
        }
        assert receipt.queueOffset() >= 0;
        long now = nanoClock.getAsLong();
        latencies.recordValue(Math.max(0, now - sentNanos));
        lastAcknowledgedNanos.accumulateAndGet(now, Math::max);
        if (acknowledged.getAndIncrement() == 0) {
            firstAcknowledged.set(clock.instant());
        }
    }

    /// Waits until it is done, or nothing has moved for a while.
    private void await(Done done, LongSupplier moving, LongConsumer progress) {
        long seen = moving.getAsLong();
        long movedNanos = nanoClock.getAsLong();
        while (!done.isDone() && nanoClock.getAsLong() - movedNanos < PATIENCE_NANOS) {
            LockSupport.parkNanos(GLANCE_NANOS);
            long now = moving.getAsLong();
            progress.accept(now);
            if (now != seen) {
                seen = now;
                movedNanos = nanoClock.getAsLong();
            }
        }
        progress.accept(moving.getAsLong());
    }

    private interface Done {
        boolean isDone();
    }

    private DemoReport report(Instant processStart, long startNanos) {
        if (failure.get() != null) {
            throw new DemoFailure("a message could not be sent: " + failure.get().getMessage());
        }
        double sending = (lastAcknowledgedNanos.get() - startNanos) / NANOS;
        double receiving = (lastReceivedNanos.get() - startNanos) / NANOS;
        return new DemoReport(
                messages,
                ledger.received(),
                ledger.duplicates(),
                ledger.missing(),
                ledger.outOfOrder(),
                acknowledged.get() / sending,
                ledger.received() / receiving,
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6,
                firstAcknowledged.get().toEpochMilli() - processStart.toEpochMilli());
    }
}
