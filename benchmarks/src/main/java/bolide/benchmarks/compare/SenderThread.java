package bolide.benchmarks.compare;

import java.util.SplittableRandom;

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
        for (long i = 1; i <= count; i++) {
            sendTo(sentTo.length == 1 ? 0 : random.nextInt(sentTo.length));
            if (i % burst == 0 || i == count) {
                sender.publish();
                sender.await(sent - window + 1);
            }
        }
        sender.await(sent);
    }

    /// Sends to each queue in turn and waits until all is acknowledged.
    void fill(long count) {
        for (long i = 1; i <= count; i++) {
            sendTo((int) ((i - 1) % sentTo.length));
            if (i % burst == 0 || i == count) {
                sender.publish();
                sender.await(sent - window + 1);
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
