package bolide.store.state;

import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordHost;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.CommitLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// Writes changes of state as records of the log, and knows what they amount to. Owner of the state
/// table, which is folded here in the order in which the records are staged.
///
/// Lock order: this one, then those of the log.
public final class StateLog {
    private static final int FACTS_PER_RECORD = 512;
    private static final int USUAL_RECORD_BYTES = 16 * 1024; // fits into the smallest segment
    private static final byte[] NO_PROPERTIES = new byte[0];
    private static final RecordHost HERE =
            RecordHost.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private final CommitLog log;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final StateTable table;

    /// @param table what holds at the log's end; belongs to this object from now on
    public StateLog(CommitLog log, StateTable table, InstantSource clock) {
        this.log = log;
        this.table = table;
        table.putInOrder();
        this.clock = clock;
    }

    /// Splits changes that need not hold together into lists that each fit into one record of any
    /// log, in the same order.
    public static List<List<StateChange>> pieces(List<StateChange> changes) {
        List<List<StateChange>> pieces = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < changes.size(); i++) {
            bytes += bytes(changes.get(i));
            if (bytes >= USUAL_RECORD_BYTES || i == changes.size() - 1) {
                pieces.add(changes.subList(from, i + 1));
                from = i + 1;
                bytes = 0;
            }
        }
        return pieces;
    }

    private static int bytes(StateChange change) {
        return change.key().length() + change.value().length;
    }

    /// Appends the changes as one record: after a crash all of them hold or none. Of two calls that
    /// touch the same key the caller decides the order by not making them at the same time.
    ///
    /// @return completed, without error, when the changes are as safe as the flush policy asks
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more
    public CompletableFuture<Void> write(List<StateChange> changes) {
        lock.lock();
        CompletableFuture<Void> safe;
        try {
            safe = stage(changes);
        } finally {
            lock.unlock();
        }
        log.appender().publish();
        return safe;
    }

    /// Notes that this broker is the one that appends from here on, unless an epoch says so
    /// already.
    ///
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more
    public void beginFirstEpoch() {
        lock.lock();
        try {
            if (table.has(StateKind.EPOCH)) {
                return;
            }
            long start = log.appender().appended().get();
            byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(start).array();
            stage(List.of(StateChange.put(StateKind.EPOCH, "1", value)));
        } finally {
            lock.unlock();
        }
        log.appender().publish();
    }

    private CompletableFuture<Void> stage(List<StateChange> changes) {
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
        Completion completion = new Completion();
        log.appender()
                .stage(
                        StateRecord.TOPIC,
                        List.of(record),
                        () -> forgetRemovedTopics(changes),
                        completion);
        for (StateChange change : changes) {
            table.apply(change, completion.position);
        }
        return completion.safe;
    }

    /// A message that comes after the removal begins the topic anew; replay sees the same order.
    private void forgetRemovedTopics(List<StateChange> changes) {
        for (StateChange change : changes) {
            if (change.removesTopic()) {
                log.tails().forget(change.key());
            }
        }
    }

    /// Appends again what the state needs of the records below a position, so that those may go.
    ///
    /// @return the end of all that the state holds then, and of all messages that could be read
    ///   before: another sender may not have written it yet
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more
    public long carry(long below) {
        boolean more = true;
        while (more) {
            lock.lock();
            try {
                List<Fact> old = table.oldest(below, FACTS_PER_RECORD);
                carry(old);
                more = !old.isEmpty();
            } finally {
                lock.unlock();
            }
            log.appender().publish();
        }
        return Math.max(log.appender().appended().get(), newestPosition() + 1);
    }

    private void carry(List<Fact> old) {
        Pieces pieces = new Pieces();
        for (Fact fact : old) {
            byte[] value = fact.value();
            if (fact.kind().equals(StateKind.QUEUE_ENDS)) {
                value = QueueEnds.encode(log.tails().endsOf(fact.key()));
            }
            pieces.add(StateChange.put(fact.kind(), fact.key(), value));
        }
        pieces.stageRest();
    }

    /// Notes the ends of all queues of the topics, unless the state knows them already.
    ///
    /// @throws bolide.store.commitlog.StoreRefusal when the log takes no more
    public void noteEnds(Collection<String> topics) {
        lock.lock();
        try {
            Pieces pieces = new Pieces();
            for (String topic : topics) {
                byte[] ends = QueueEnds.encode(log.tails().endsOf(topic));
                Fact known = table.find(StateKind.QUEUE_ENDS, topic);
                if (ends.length > 0 && (known == null || !Arrays.equals(known.value(), ends))) {
                    pieces.add(StateChange.put(StateKind.QUEUE_ENDS, topic, ends));
                }
            }
            pieces.stageRest();
        } finally {
            lock.unlock();
        }
        log.appender().publish();
    }

    /// Changes that need not hold together, in records of bounded size.
    private final class Pieces {
        private List<StateChange> changes = new ArrayList<>();
        private int bytes;

        private void add(StateChange change) {
            changes.add(change);
            bytes += StateLog.bytes(change);
            if (bytes >= USUAL_RECORD_BYTES) {
                stageRest();
            }
        }

        private void stageRest() {
            if (!changes.isEmpty()) {
                stage(changes);
                changes = new ArrayList<>();
                bytes = 0;
            }
        }
    }

    /// @return all facts as they are now, in the order of their positions
    public List<Fact> facts() {
        lock.lock();
        try {
            return table.all();
        } finally {
            lock.unlock();
        }
    }

    /// @return all that [#facts()] told before this call is in the log when the record at this
    ///   position is, be it that something holds or that it ceased to; negative when there is none
    public long newestPosition() {
        lock.lock();
        try {
            return table.newestPosition();
        } finally {
            lock.unlock();
        }
    }

    /// Completes a future when its record may be acknowledged.
    private static final class Completion implements AppendListener {
        private final CompletableFuture<Void> safe = new CompletableFuture<>();
        private long position;

        @Override
        public void placed(int index, long queueOffset, long at) {
            position = at;
        }

        @Override
        public void readable() {
            safe.complete(null);
        }
    }
}
