package bolide.benchmarks.load;

import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Consumers that receive what is stored, each run one of a new group from the first message on.
/// The rate counts from its first message.
final class ConsumeLoad implements Load {
    private static final long PATIENCE_SECONDS = 300;
    private static final AtomicInteger GROUPS = new AtomicInteger(); // none is used twice

    private final Client client;
    private final LoadPlan plan;
    private final String topic;
    private AutoCloseable consumer;

    ConsumeLoad(Client client, LoadPlan plan) {
        this(client, plan, plan.topics().getFirst());
    }

    ConsumeLoad(Client client, LoadPlan plan, String topic) {
        this.client = client;
        this.plan = plan;
        this.topic = topic;
    }

    @Override
    public void prepare() throws Exception {
        Topics.create(client, plan);
        Topics.fill(client, plan, topic);
    }

    @Override
    public Outcome run(double seconds) throws Exception {
        long tags = plan.get(LoadSetting.TAGS);
        long wanted = Math.ceilDiv(plan.get(LoadSetting.MESSAGES), tags);
        AtomicLong received = new AtomicLong();
        AtomicLong first = new AtomicLong();
        AtomicLong last = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        long start = System.nanoTime();
        consumer =
                client.consume(
                        topic,
                        "bench-consume-" + GROUPS.incrementAndGet(),
                        tags == 1 ? "*" : plan.tag(0),
                        plan.get(LoadSetting.ORDERED) == 1,
                        body -> {
                            long count = received.incrementAndGet();
                            if (count == 1) {
                                first.set(System.nanoTime());
                            }
                            if (count == wanted) {
                                last.set(System.nanoTime());
                                done.countDown();
                            }
                        });
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(received + " of " + wanted + " messages were received");
        }
        return new Outcome(
                wanted,
                Latencies.seconds(last.get() - first.get()),
                Latencies.own(),
                0,
                OptionalDouble.of(Latencies.seconds(first.get() - start)));
    }

    @Override
    public void settle() throws Exception {
        consumer.close();
    }
}
