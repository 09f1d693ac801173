package bolide.benchmarks.load;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One message, sent until a starting server acknowledges it.
final class FirstLoad implements Load {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Client client;
    private final String topic;
    private final byte[] body;

    FirstLoad(Client client, LoadPlan plan) {
        this.client = client;
        this.topic = plan.topics().getFirst();
        this.body = new byte[plan.count(LoadSetting.BODY_BYTES)];
    }

    @Override
    public void prepare() {}

    @Override
    public Outcome run(double seconds) throws Exception {
        long start = System.nanoTime();
        while (true) {
            try {
                client.send(topic, "first", body);
                return new Outcome(
                        1,
                        Latencies.secondsSince(start),
                        Latencies.own(),
                        0,
                        OptionalDouble.empty());
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception notYet) {
                if (System.nanoTime() - start > PATIENCE_NANOS) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
