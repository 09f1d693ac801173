package bolide.benchmarks.load;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/// One thread that sends to topics at random, with so many answers outstanding. The time of an
/// answer counts from the call that sent.
final class AsyncLoad implements Load {
    private final Client client;
    private final LoadPlan plan;
    private final List<String> topics;
    private final byte[] body;
    private final SplittableRandom random = new SplittableRandom(1);

    AsyncLoad(Client client, LoadPlan plan) {
        this.client = client;
        this.plan = plan;
        this.topics = plan.topics();
        this.body = new byte[plan.count(LoadSetting.BODY_BYTES)];
    }

    @Override
    public void prepare() throws Exception {
        Topics.create(client, plan);
    }

    @Override
    public Outcome run(double seconds) throws Exception {
        int window = plan.count(LoadSetting.WINDOW);
        Semaphore permits = new Semaphore(window);
        ConcurrentHistogram latencies = Latencies.concurrent();
        LongAdder acknowledged = new LongAdder();
        Failures failures = new Failures();
        long start = System.nanoTime();
        long deadline = start + Latencies.nanos(seconds);
        while (System.nanoTime() < deadline) {
            permits.acquire();
            String topic = topics.get(topics.size() == 1 ? 0 : random.nextInt(topics.size()));
            send(topic, permits, latencies, acknowledged, failures);
        }
        permits.acquire(window);
        return new Outcome(
                acknowledged.sum(),
                Latencies.secondsSince(start),
                latencies,
                failures.count(),
                OptionalDouble.empty());
    }

    private void send(
            String topic,
            Semaphore permits,
            ConcurrentHistogram latencies,
            LongAdder acknowledged,
            Failures failures) {
        long before = System.nanoTime();
        Client.Answer answer =
                new Client.Answer() {
                    @Override
                    public void acknowledged() {
                        latencies.recordValue(Latencies.bounded(System.nanoTime() - before));
                        acknowledged.increment();
                        permits.release();
                    }

                    @Override
                    public void failed(Throwable failure) {
                        failures.add(failure);
                        permits.release();
                    }
                };
        try {
            client.send(topic, plan.tag(0), body, answer);
        } catch (Exception e) {
            answer.failed(e);
        }
    }
}
