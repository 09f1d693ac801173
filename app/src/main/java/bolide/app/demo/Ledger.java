package bolide.app.demo;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Makes the demo's messages and keeps account of which have come back, how often and in which
/// order. For any thread.
final class Ledger {
    /// Least bytes of a body: its number.
    static final int SMALLEST_BODY = Long.BYTES;

    private final int bodyBytes;
    private final AtomicIntegerArray received;
    private final AtomicLongArray lastOfQueue;
    private final AtomicLong distinct = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong outOfOrder = new AtomicLong();

    Ledger(int messages, int queues, int bodyBytes) {
        this.bodyBytes = bodyBytes;
        this.received = new AtomicIntegerArray(messages);
        this.lastOfQueue = new AtomicLongArray(queues);
        for (int i = 0; i < queues; i++) {
            lastOfQueue.set(i, -1);
        }
    }

    /// @param number of the message, from 0
    byte[] body(int number) {
        ByteBuffer body = ByteBuffer.allocate(bodyBytes).putLong(number);
        for (int i = SMALLEST_BODY; i < bodyBytes; i++) {
            body.put(filler(number, i));
        }
        return body.array();
    }

    /// Takes note of a message that has come; one that is not exactly as it was made does not
    /// count.
    ///
    /// @return whether it came for the first time
    boolean receive(int queueId, byte[] body) {
        if (!isGenuine(body)) {
            return false;
        }
        int number = (int) ByteBuffer.wrap(body).getLong();
        if (received.getAndIncrement(number) > 0) {
            duplicates.incrementAndGet();
            return false;
        }
        if (lastOfQueue.getAndSet(queueId, number) > number) {
            outOfOrder.incrementAndGet();
        }
        distinct.incrementAndGet();
        return true;
    }

    private boolean isGenuine(byte[] body) {
        if (body.length != bodyBytes) {
            return false;
        }
        long number = ByteBuffer.wrap(body).getLong();
        if (number < 0 || number >= received.length()) {
            return false;
        }
        for (int i = SMALLEST_BODY; i < bodyBytes; i++) {
            if (body[i] != filler((int) number, i)) {
                return false;
            }
        }
        return true;
    }

    private static byte filler(int number, int index) {
        return (byte) (31 * number + 7 * index);
    }

    /// @return how many different messages have come, whole
    long received() {
        return distinct.get();
    }

    long missing() {
        return received.length() - distinct.get();
    }

    long duplicates() {
        return duplicates.get();
    }

    /// @return how many came after a later one of their queue
    long outOfOrder() {
        return outOfOrder.get();
    }
}
