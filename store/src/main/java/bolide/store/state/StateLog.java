package bolide.store.state;

import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordHost;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.CommitLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Writes changes of state as records of the log.
public final class StateLog {
    private static final byte[] NO_PROPERTIES = new byte[0];
    private static final RecordHost HERE =
            RecordHost.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private final CommitLog log;
    private final InstantSource clock;

    public StateLog(CommitLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// Appends the changes as one record: after a crash all of them hold or none. Of two calls that
    /// touch the same key the caller decides the order by not making them at the same time.
    ///
    /// @return completed, without error, when the changes are as safe as the flush policy asks
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more
    public CompletableFuture<Void> write(List<StateChange> changes) {
        NewRecord record =
                new NewRecord(
                        StateRecord.TOPIC_BYTES,
                        0,
                        0,
                        0,
                        clock.millis(),
                        HERE,
                        HERE,
                        0,
                        0,
                        StateRecord.encode(changes),
                        NO_PROPERTIES);
        CompletableFuture<Void> safe = new CompletableFuture<>();
        log.appender()
                .stage(
                        StateRecord.TOPIC,
                        List.of(record),
                        () -> forgetRemovedTopics(changes),
                        new Completion(safe));
        log.appender().publish();
        return safe;
    }

    /// A message that comes after the removal begins the topic anew; replay sees the same order.
    private void forgetRemovedTopics(List<StateChange> changes) {
        for (StateChange change : changes) {
            if (change.kind() == StateKind.TOPIC && change.removed()) {
                log.tails().forget(change.key());
            }
        }
    }

    /// Completes a future when its record may be acknowledged.
    private record Completion(CompletableFuture<Void> safe) implements AppendListener {
        @Override
        public void placed(int index, long queueOffset, long position) {
            // Nobody asks where a state record lies.
        }

        @Override
        public void readable() {
            safe.complete(null);
        }
    }
}
