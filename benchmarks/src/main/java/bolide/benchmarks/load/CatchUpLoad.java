package bolide.benchmarks.load;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;

/// A consumer of old messages, while somebody sends to another topic at a fixed rate. The rate is
/// the consumer's; the latencies are the sender's, from when each message was due. The first topic
/// is sent to, the second is read while the compilers are not quiet, each of the others once, and
/// the last only keeps the others from being the newest.
final class CatchUpLoad implements Load {
    private static final int WARM_TOPIC = 1;

    private final Client client;
    private final LoadPlan plan;
    private final List<String> topics;
    private final byte[] body;
    private volatile boolean caughtUp;
    private int read = WARM_TOPIC;
    private ConsumeLoad reader;

    CatchUpLoad(Client client, LoadPlan plan) {
        this.client = client;
        this.plan = plan;
        this.topics = plan.topics();
        this.body = new byte[plan.count(LoadSetting.BODY_BYTES)];
    }

    @Override
    public void prepare() throws Exception {
        Topics.create(client, plan);
        for (String topic : topics.subList(WARM_TOPIC, topics.size() - 1)) {
            Topics.fill(client, plan, topic);
        }
        Topics.fill(
                client,
                plan.with(LoadSetting.MESSAGES, plan.get(LoadSetting.NEWER)),
                topics.getLast());
    }

    @Override
    public void resume() throws Exception {
        Topics.create(client, plan);
    }

    @Override
    public Outcome warmUp(double seconds) throws Exception {
        return run(topics.get(WARM_TOPIC));
    }

    @Override
    public Outcome run(double seconds) throws Exception {
        read++;
        if (read >= topics.size() - 1) {
            throw new IllegalStateException("there are no old messages left that nobody has read");
        }
        return run(topics.get(read));
    }

    private Outcome run(String topic) throws Exception {
        ConcurrentHistogram latencies = Latencies.concurrent();
        Failures failures = new Failures();
        AtomicReference<Exception> ended = new AtomicReference<>();
        caughtUp = false;
        Thread sender =
                Thread.ofPlatform()
                        .name("sender")
                        .start(() -> {
                            try {
                                send(latencies, failures);
                            } catch (Exception e) {
                                ended.set(e);
                            }
                        });
        reader = new ConsumeLoad(client, plan, topic);
        Outcome outcome = reader.run(0);
        caughtUp = true;
        sender.join();
        if (ended.get() != null) {
            throw ended.get();
        }
        return new Outcome(
                outcome.messages(),
                outcome.seconds(),
                latencies,
                failures.count(),
                OptionalDouble.empty());
    }

    /// Until the reader has caught up, and everything is answered.
    private void send(ConcurrentHistogram latencies, Failures failures) throws Exception {
        Semaphore answered = new Semaphore(0);
        int sent = 0;
        Schedule schedule = new Schedule(plan.get(LoadSetting.RATE));
        while (!caughtUp) {
            long due = schedule.await(sent);
            sent++;
            client.send(
                    topics.getFirst(),
                    plan.tag(0),
                    body,
                    new Client.Answer() {
                        @Override
                        public void acknowledged() {
                            latencies.recordValue(Latencies.bounded(System.nanoTime() - due));
                            answered.release();
                        }

                        @Override
                        public void failed(Throwable failure) {
                            failures.add(failure);
                            answered.release();
                        }
                    });
        }
        answered.acquire(sent);
    }

    @Override
    public void settle() throws Exception {
        reader.settle();
    }
}
