package bolide.agent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// How far something has come, in bytes of the commit log. One thread at a time advances it,
/// anybody reads it; whoever sees a value sees everything that was written before it was set.
public final class Position {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Position.class, "value", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private long value;

    public Position(long start) {
        VALUE.setRelease(this, start);
    }

    public long get() {
        return (long) VALUE.getAcquire(this);
    }

    /// @param next not below the present value
    public void advanceTo(long next) {
        assert next >= value : "position may not go back from " + value + " to " + next;
        VALUE.setRelease(this, next);
    }
}
