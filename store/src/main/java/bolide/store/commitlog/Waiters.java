package bolide.store.commitlog;

import java.util.List;

/// Those who wait for positions of the log, in their order. Kept in arrays that are used again, so
/// that waiting makes no objects.
final class Waiters {
    private static final int FIRST_ROOM = 64;

    private final Failure failure;

    // A ring; guarded by this object.
    private AppendListener[] listeners = new AppendListener[FIRST_ROOM];
    private long[] positions = new long[FIRST_ROOM];
    private int first;
    private int count;

    /// @param failure after which nobody is told
    Waiters(Failure failure) {
        this.failure = failure;
    }

    /// @param position not below that of any earlier call
    synchronized void add(long position, List<AppendListener> waiting) {
        for (int i = 0; i < waiting.size(); i++) {
            if (count == listeners.length) {
                grow();
            }
            int at = first + count & listeners.length - 1;
            listeners[at] = waiting.get(i);
            positions[at] = position;
            count++;
        }
    }

    private void grow() {
        AppendListener[] moreListeners = new AppendListener[2 * count];
        long[] morePositions = new long[2 * count];
        for (int i = 0; i < count; i++) {
            int at = first + i & count - 1;
            moreListeners[i] = listeners[at];
            morePositions[i] = positions[at];
        }
        listeners = moreListeners;
        positions = morePositions;
        first = 0;
    }

    /// Tells everybody who waits for nothing beyond that position. One thread at a time; it holds
    /// no lock of this object while a listener runs.
    void tell(long reached) {
        AppendListener next = takeUpTo(reached);
        while (next != null && !failure.isNoted()) {
            next.readable();
            next = takeUpTo(reached);
        }
    }

    private synchronized AppendListener takeUpTo(long reached) {
        if (count == 0 || positions[first] > reached) {
            return null;
        }
        AppendListener taken = listeners[first];
        listeners[first] = null;
        first = first + 1 & listeners.length - 1;
        count--;
        return taken;
    }
}
