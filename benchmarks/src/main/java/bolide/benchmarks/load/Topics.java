package bolide.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Makes topics on a server that may still be starting, and fills them.
final class Topics {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int FILLERS = 4;
    private static final int BATCH = 32;

    private Topics() {}

    static void create(Client client, LoadPlan plan) throws Exception {
        for (String topic : plan.topics()) {
            retry(() -> client.createTopic(topic, plan.count(LoadSetting.QUEUES)));
        }
    }

    private interface Step {
        void take() throws Exception;
    }

    private static void retry(Step step) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                step.take();
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /// Stores as many messages as the plan says, in batches. A busy server may refuse one, which is
    /// then sent again.
    static void fill(Client client, LoadPlan plan, String topic) throws Exception {
        long batches = Math.ceilDiv(plan.get(LoadSetting.MESSAGES), BATCH);
        byte[] body = new byte[plan.count(LoadSetting.BODY_BYTES)];
        AtomicReference<Exception> failure = new AtomicReference<>();
        Threads.join(
                Threads.start(
                        FILLERS,
                        filler -> {
                            try {
                                for (long batch = filler; batch < batches; batch += FILLERS) {
                                    String[] tags = tags(plan, batch * BATCH);
                                    retry(() -> client.sendBatch(topic, tags, body));
                                }
                            } catch (Exception e) {
                                failure.set(e);
                            }
                        }));
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static String[] tags(LoadPlan plan, long from) {
        int count = Math.toIntExact(Math.min(BATCH, plan.get(LoadSetting.MESSAGES) - from));
        String[] tags = new String[count];
        for (int i = 0; i < count; i++) {
            tags[i] = plan.tag(from + i);
        }
        return tags;
    }
}
