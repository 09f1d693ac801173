package bolide.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// A sender at a fixed rate, and a push consumer in the same process that looks how old each
/// message is. A message's age counts from when it was due, not from when it was sent.
final class EndToEndLoad implements Load {
    private static final long PATIENCE_SECONDS = 30;
    private static final String GROUP = "bench-end-to-end";

    private final Client client;
    private final LoadPlan plan;
    private final String topic;
    private int runs;
    private volatile Run current;

    EndToEndLoad(Client client, LoadPlan plan) {
        this.client = client;
        this.plan = plan;
        this.topic = plan.topics().getFirst();
    }

    @Override
    public void prepare() throws Exception {
        Topics.create(client, plan);
        current = new Run(0, 1);
        client.consume(topic, GROUP, "*", false, body -> current.arrived(ByteBuffer.wrap(body)));
        run(1); // until the consumer has found its queues
    }

    @Override
    public Outcome run(double seconds) throws Exception {
        long rate = plan.get(LoadSetting.RATE);
        int messages = (int) Math.max(1, seconds * rate);
        Run run = new Run(++runs, messages);
        current = run;
        Failures failures = new Failures();
        long start = System.nanoTime();
        Schedule schedule = new Schedule(rate);
        for (int i = 0; i < messages; i++) {
            send(run, i, schedule.await(i), failures);
        }
        run.await();
        return new Outcome(
                run.ages.getTotalCount(),
                Latencies.secondsSince(start),
                run.ages,
                failures.count(),
                OptionalDouble.empty());
    }

    private void send(Run run, int number, long due, Failures failures) throws Exception {
        client.send(
                topic,
                plan.tag(0),
                run.body(due, number, plan.count(LoadSetting.BODY_BYTES)),
                new Client.Answer() {
                    @Override
                    public void acknowledged() {
                        // its arrival is what counts
                    }

                    @Override
                    public void failed(Throwable failure) {
                        failures.add(failure);
                        run.lost(number);
                    }
                });
    }

    /// The messages of one run: due time, run and number lie in the first bytes of a body.
    private static final class Run {
        private static final int RUN_AT = 8;
        private static final int NUMBER_AT = 12;

        private final int id;
        private final CountDownLatch missing;
        private final BitSet seen = new BitSet(); // guarded by this
        private final Histogram ages = Latencies.own(); // guarded by this

        Run(int id, int messages) {
            this.id = id;
            this.missing = new CountDownLatch(messages);
        }

        byte[] body(long due, int number, int length) {
            byte[] body = new byte[length];
            ByteBuffer.wrap(body).putLong(due).putInt(id).putInt(number);
            return body;
        }

        /// A message that comes twice counts once.
        void arrived(ByteBuffer body) {
            long age = System.nanoTime() - body.getLong(0);
            if (body.getInt(RUN_AT) != id) {
                return; // a late one of the run before
            }
            synchronized (this) {
                int number = body.getInt(NUMBER_AT);
                if (!seen.get(number)) {
                    seen.set(number);
                    ages.recordValue(Latencies.bounded(age));
                    missing.countDown();
                }
            }
        }

        /// One that was not acknowledged is waited for no longer; it counts as a failed send.
        synchronized void lost(int number) {
            if (!seen.get(number)) {
                seen.set(number);
                missing.countDown();
            }
        }

        void await() throws InterruptedException {
            if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(missing.getCount() + " messages did not arrive");
            }
        }
    }
}
