package bolide.store.crash;

import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.file.DirectoryVolume;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A process that appends numbered messages to a directory for ever, and says what becomes of them:
/// `acknowledged N at MILLIS`, `committed N`, `refused WHY`, `failed WHY`. It goes on where the
/// last one ended, and tries to go on after a failure. After a refusal it waits for a line of its
/// parent's, and ends when there is none.
final class Sender {
    static final String TOPIC = "a";
    static final String COMMIT = "group@a";

    private static final int FAILED = 3;
    private static final long AFTER_FAILURE_MILLIS = 200;
    private static final int BURST = 300;

    private final Store store;
    private final String padding;
    private long next;

    private Sender(Store store, String padding) {
        this.store = store;
        this.padding = padding;
        this.next = end(store);
    }

    /// @param args directory, flush policy, bytes of a body at least
    public static void main(String[] args) throws InterruptedException, IOException {
        BufferedReader parent =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        Store store = open(Path.of(args[0]), FlushPolicy.valueOf(args[1]));
        Sender sender = new Sender(store, "x".repeat(Integer.parseInt(args[2])));
        while (true) {
            try {
                sender.sendBurst();
            } catch (StoreRefusal refused) {
                System.out.println(
                        "refused " + refused.getMessage().lines().findFirst().orElse(""));
                if (parent.readLine() == null) {
                    Runtime.getRuntime().halt(0); // the store's threads would go on
                }
            }
        }
    }

    static Store open(Path directory, FlushPolicy policy) {
        StoreConfig config = new StoreConfig(policy, StoreRig.INTERVAL, 4 * StoreRig.SEGMENT_BYTES);
        Store store = new Store(new DirectoryVolume(directory), config);
        store.start(
                InstantSource.system(),
                System::nanoTime,
                Thread::new,
                queue -> {},
                failure -> {
                    System.out.println("failed " + failure);
                    Thread.ofPlatform().start(Sender::endSoon);
                });
        return store;
    }

    /// Leaves time for an acknowledgement that must not come any more.
    private static void endSoon() {
        try {
            Thread.sleep(AFTER_FAILURE_MILLIS);
        } catch (InterruptedException early) {
            // then at once
        }
        Runtime.getRuntime().halt(FAILED);
    }

    /// @return the number of the next message
    static long end(Store store) {
        return store.queues().find(TOPIC, 0).map(ConsumeQueue::maxOffset).orElse(0L);
    }

    private void sendBurst() throws InterruptedException {
        Noted last = null;
        for (int i = 0; i < BURST; i++) {
            long sent = next;
            Noted noted =
                    new Noted(() ->
                            System.out.println(
                                    "acknowledged " + sent + " at " + System.currentTimeMillis()));
            store.log().appender().stage(TOPIC, Records.of(TOPIC, 0, sent + " " + padding), noted);
            next++;
            last = noted;
            if (next % 3 == 0) {
                store.log().appender().publish();
            }
            if (next % 50 == 0) {
                commit(sent);
            }
        }
        store.log().appender().publish();
        last.await();
    }

    private void commit(long offset) {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
        store.stateLog()
                .write(List.of(StateChange.put(StateKind.OFFSET, COMMIT, value)))
                .thenRun(() -> System.out.println("committed " + offset));
    }
}
