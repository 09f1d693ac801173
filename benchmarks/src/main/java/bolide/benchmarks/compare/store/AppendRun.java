package bolide.benchmarks.compare.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;

/// Appends with several threads, first to warm up and then to be measured.
final class AppendRun {
    private final StoreUnderTest store;
    private final Trial trial;
    private final List<SenderThread> senders = new ArrayList<>();

    AppendRun(StoreUnderTest store, Trial trial) {
        this.store = store;
        this.trial = trial;
        Messages messages = new Messages(Math.toIntExact(trial.get(Setting.BODY_BYTES)));
        for (int i = 0; i < trial.get(Setting.THREADS); i++) {
            senders.add(new SenderThread(store.sender(), trial, messages, i));
        }
    }

    Measurement measure() {
        Phaser phaser = new Phaser(1 + senders.size());
        long each = trial.get(Setting.MESSAGES) / senders.size();
        for (SenderThread sender : senders) {
            Thread.ofPlatform().daemon().start(() -> run(sender, each, phaser));
        }
        phaser.arriveAndAwaitAdvance(); // all are warm
        awaitEnds();
        System.gc();
        Meter meter = new Meter();
        meter.start();
        phaser.arriveAndAwaitAdvance(); // go
        phaser.arriveAndAwaitAdvance(); // all is acknowledged
        double acknowledged = meter.seconds();
        awaitEnds();
        return meter.stop(each * senders.size(), acknowledged);
    }

    private void run(SenderThread sender, long count, Phaser phaser) {
        sender.send(trial.get(Setting.WARM_UP) / senders.size());
        phaser.arriveAndAwaitAdvance();
        phaser.arriveAndAwaitAdvance();
        sender.send(count);
        phaser.arriveAndAwaitAdvance();
    }

    /// Fills the store with the messages that are to be found later.
    void fill() {
        senders.getFirst().fill(trial.get(Setting.MESSAGES));
        awaitEnds();
    }

    private void awaitEnds() {
        Ends.await(
                store,
                trial.topics(),
                queue -> senders.stream().mapToLong(sender -> sender.sentTo(queue)).sum());
    }
}
