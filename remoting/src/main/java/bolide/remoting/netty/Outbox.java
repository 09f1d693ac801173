package bolide.remoting.netty;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Frames on their way from any thread to the event loop: a chain that senders prolong and the loop
 * takes off as a whole, so that a burst of frames costs one wake-up.
 */
final class Outbox {
    private final AtomicReference<Outgoing> newest = new AtomicReference<>();

    /**
     * @return whether it was empty; then the one who added sees to it that it is emptied
     */
    boolean add(Outgoing frame) {
        Outgoing before;
        do {
            before = newest.get();
            frame.next = before;
        } while (!newest.compareAndSet(before, frame));
        return before == null;
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    /**
     * @return the oldest frame, the others behind it in order; null when there is none
     */
    Outgoing takeAll() {
        Outgoing frame = newest.getAndSet(null);
        Outgoing oldest = null;
        while (frame != null) {
            Outgoing older = frame.next;
            frame.next = oldest;
            oldest = frame;
            frame = older;
        }
        return oldest;
    }
}
