package bolide.broker.lock;

import bolide.protocol.lock.LockRequest;
import bolide.protocol.route.MessageQueue;
import bolide.remoting.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Which member of an orderly group has a queue for itself. A lock ends when it is given back, or
/// when it is not renewed in time; guarded by itself.
public final class QueueLocks {
    /// A lock that was not renewed for so long may go to another member.
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    /// Whatever broker a client names, the queue is one of this one.
    private record Key(String group, String topic, int queueId) {
        private static Key of(String group, MessageQueue queue) {
            return new Key(group, queue.topic(), queue.queueId());
        }
    }

    private record Lock(String clientId, Connection connection, long renewedNanos) {}

    private final LongSupplier nanoClock;
    private final Map<Key, Lock> locks = new HashMap<>();

    public QueueLocks(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /// @return those of the queues that the member holds now
    public synchronized List<MessageQueue> lock(LockRequest request, Connection connection) {
        long now = nanoClock.getAsLong();
        List<MessageQueue> held = new ArrayList<>();
        for (MessageQueue queue : request.queues()) {
            Key key = Key.of(request.group(), queue);
            Lock present = locks.get(key);
            if (present == null
                    || present.clientId().equals(request.clientId())
                    || isExpired(present, now)) {
                locks.put(key, new Lock(request.clientId(), connection, now));
                held.add(queue);
            }
        }
        return held;
    }

    /// Gives back those of the queues that the member holds.
    public synchronized void unlock(LockRequest request) {
        for (MessageQueue queue : request.queues()) {
            locks.computeIfPresent(
                    Key.of(request.group(), queue),
                    (key, lock) -> lock.clientId().equals(request.clientId()) ? null : lock);
        }
    }

    /// Forgets locks whose time is over.
    public synchronized void expire() {
        long now = nanoClock.getAsLong();
        locks.values().removeIf(lock -> isExpired(lock, now));
    }

    /// While this side does not read, the holder's renewals may be waiting unread.
    private static boolean isExpired(Lock lock, long now) {
        return now - lock.renewedNanos() > LIFETIME.toNanos()
                && (lock.connection().isReading() || !lock.connection().isOpen());
    }
}
