package bolide.store.commitlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The end of one queue: the offset that its next message gets. Changed under the log's lock, or
/// during recovery; anybody may look.
public final class QueueTail {
    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(QueueTail.class, "next", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private long next;

    long take() {
        long taken = next;
        NEXT.setRelease(this, taken + 1);
        return taken;
    }

    long end() {
        return (long) NEXT.getAcquire(this);
    }

    void passed(long offset) {
        raise(offset + 1);
    }

    void raise(long end) {
        NEXT.setRelease(this, Math.max(next, end));
    }
}
