package bolide.benchmarks.compare.store;

import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;

/// One of those who send; it knows what it has sent where.
final class SenderThread {
    private final StoreUnderTest.Sender sender;
    private final Messages messages;
    private final String[] topics;
    private final int queuesEach;
    private final int burst;
    private final long window;
    private final SplittableRandom random;
    private final long[] sentTo;
    private long sent;

    SenderThread(StoreUnderTest.Sender sender, Trial trial, Messages messages, int seed) {
        this.sender = sender;
        this.messages = messages;
        this.topics = trial.topics().names();
        this.queuesEach = trial.topics().queuesEach();
        this.burst = Math.toIntExact(trial.get(Setting.BURST));
        this.window = trial.get(Setting.WINDOW);
        this.random = new SplittableRandom(seed);
        this.sentTo = new long[trial.topics().queues()];
    }

    /// Sends to queues picked at random and waits until all is acknowledged.
    void send(long count) {
        send(count, number -> sentTo.length == 1 ? 0 : random.nextInt(sentTo.length));
    }

    /// Sends to each queue in turn and waits until all is acknowledged.
    void fill(long count) {
        send(count, number -> (int) (number % sentTo.length));
    }

    private void send(long count, LongToIntFunction queueOf) {
        for (long i = 1; i <= count; i++) {
            sendTo(queueOf.applyAsInt(i - 1));
            if (i % burst == 0 || i == count) {
                sender.publish();
                sender.await(sent - window);
            }
        }
        sender.await(sent);
    }

    private void sendTo(int queue) {
        sender.send(
                topics[queue / queuesEach],
                queue % queuesEach,
                messages.body(),
                messages.properties(sent));
        sentTo[queue]++;
        sent++;
    }

    /// @param queue numbered as in [Topics]
    long sentTo(int queue) {
        return sentTo[queue];
    }
}
