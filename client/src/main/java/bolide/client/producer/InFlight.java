package bolide.client.producer;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many messages, and bytes of them, are on their way: bounded, so that a producer that is
 * faster than its brokers waits instead of filling the memory. For any thread.
 */
final class InFlight {
    private final int maxMessages;
    private final int maxBytes;
    private final Semaphore messages;
    private final Semaphore bytes;

    InFlight(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.messages = new Semaphore(maxMessages);
        this.bytes = new Semaphore(maxBytes);
    }

    /**
     * @return what a message counts for: its bytes, but never more than there is room for
     */
    int cost(int sizeBytes) {
        return Math.min(sizeBytes, maxBytes);
    }

    /**
     * Waits until there is room.
     *
     * @return whether there was room in time
     * @throws InterruptedException when the waiting thread was interrupted; nothing is taken then
     */
    boolean enter(int cost, long timeoutNanos) throws InterruptedException {
        if (!take(messages, 1, timeoutNanos)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = take(bytes, cost, timeoutNanos);
        } finally {
            if (!entered) {
                messages.release();
            }
        }
        return entered;
    }

    private static boolean take(Semaphore permits, int count, long timeoutNanos)
            throws InterruptedException {
        return permits.tryAcquire(count)
                || permits.tryAcquire(count, timeoutNanos, TimeUnit.NANOSECONDS);
    }

    /** Gives back the room of so many messages of this cost in all. */
    void leave(int count, int cost) {
        bytes.release(cost);
        messages.release(count);
    }

    /**
     * Waits until nothing is on its way.
     *
     * @return whether that came about in time
     * @throws InterruptedException when the waiting thread was interrupted
     */
    boolean awaitNone(long timeoutNanos) throws InterruptedException {
        if (!take(messages, maxMessages, timeoutNanos)) {
            return false;
        }
        messages.release(maxMessages);
        return true;
    }

    @Override
    public String toString() {
        return maxMessages + " messages or " + maxBytes + " bytes";
    }
}
