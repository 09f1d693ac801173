package bolide.broker.arrival;

import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.dispatch.ArrivalListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Those who wait for a queue's next message. Who dispatches it wakes them; nothing scans.
public final class Arrivals implements ArrivalListener {
    private final ConcurrentHashMap<QueueKey, Set<Runnable>> waiting = new ConcurrentHashMap<>();

    /// Parks a waiter until the queue's next message. Whoever parks looks at the queue once more
    /// afterwards: a message that came in between wakes nobody.
    ///
    /// @param waiter run at most once per parking, on the thread that dispatches; must not wait
    public void park(QueueKey queue, Runnable waiter) {
        waiting.compute(
                queue,
                (key, present) -> {
                    Set<Runnable> waiters =
                            present == null ? ConcurrentHashMap.newKeySet() : present;
                    waiters.add(waiter);
                    return waiters;
                });
    }

    /// @return whether the waiter was still parked
    public boolean unpark(QueueKey queue, Runnable waiter) {
        boolean[] removed = new boolean[1];
        waiting.computeIfPresent(
                queue,
                (key, waiters) -> {
                    removed[0] = waiters.remove(waiter);
                    return waiters.isEmpty() ? null : waiters;
                });
        return removed[0];
    }

    @Override
    public void arrived(ConsumeQueue queue) {
        if (!waiting.isEmpty()) {
            wake(new QueueKey(queue.topic(), queue.queueId()));
        }
    }

    /// Wakes whoever waits for the queue's next message, though there may be none.
    public void wake(QueueKey queue) {
        Set<Runnable> waiters = waiting.remove(queue);
        if (waiters != null) {
            waiters.forEach(Runnable::run);
        }
    }

    /// @return on how many queues somebody waits
    public int size() {
        return waiting.size();
    }
}
