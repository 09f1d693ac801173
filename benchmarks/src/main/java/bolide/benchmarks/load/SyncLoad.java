package bolide.benchmarks.load;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/// Threads that send one message or batch after the other, each waiting for its answer. The time of
/// an answer counts from its request.
final class SyncLoad implements Load {
    private final Client client;
    private final LoadPlan plan;
    private final String[] tags;
    private final byte[] body;
    private final String topic;

    SyncLoad(Client client, LoadPlan plan) {
        this.client = client;
        this.plan = plan;
        this.tags = new String[plan.count(LoadSetting.BATCH)];
        Arrays.fill(tags, plan.tag(0));
        this.body = new byte[plan.count(LoadSetting.BODY_BYTES)];
        this.topic = plan.topics().getFirst();
    }

    @Override
    public void prepare() throws Exception {
        Topics.create(client, plan);
    }

    @Override
    public Outcome run(double seconds) throws Exception {
        SynchronizedHistogram latencies = Latencies.shared();
        LongAdder sent = new LongAdder();
        Failures failures = new Failures();
        long start = System.nanoTime();
        long deadline = start + Latencies.nanos(seconds);
        Threads.join(
                Threads.start(
                        plan.count(LoadSetting.THREADS),
                        number -> {
                            Histogram own = Latencies.own();
                            long before = System.nanoTime();
                            while (before < deadline) {
                                try {
                                    send();
                                    sent.add(tags.length);
                                } catch (Exception e) {
                                    failures.add(e);
                                }
                                long after = System.nanoTime();
                                own.recordValue(Latencies.bounded(after - before));
                                before = after;
                            }
                            latencies.add(own);
                        }));
        return new Outcome(
                sent.sum(),
                Latencies.secondsSince(start),
                latencies,
                failures.count(),
                OptionalDouble.empty());
    }

    private void send() throws Exception {
        if (tags.length == 1) {
            client.send(topic, tags[0], body);
        } else {
            client.sendBatch(topic, tags, body);
        }
    }
}
