package bolide.agent;

import java.util.concurrent.atomic.AtomicInteger;

/// Work that any thread may do, but one at a time. Whoever asks for it while nobody is at it does
/// it himself; who is at it also does what others ask for meanwhile. So nobody waits for another,
/// and nothing that was asked for is left undone.
public final class Turn {
    private static final int FREE = 0;
    private static final int TAKEN = 1;
    private static final int ASKED = 2; // taken, and asked for again since the round began

    private final AtomicInteger state = new AtomicInteger(FREE);

    /// Asks for the work.
    ///
    /// @return whether the caller has to do it, in rounds: [#begin()], a round, [#end()]
    public boolean take() {
        // Always written, even over ASKED: the write is what orders the caller's earlier ones
        // before
        // the round that this call asks for.
        return state.getAndSet(ASKED) == FREE;
    }

    /// Only who has taken the turn. What follows sees everything that was written before a call of
    /// [#take()] that has not been answered by a round yet.
    public void begin() {
        state.getAndSet(TAKEN);
    }

    /// Gives the turn back, unless the work was asked for again.
    ///
    /// @return false: another round is due, and the caller's
    public boolean end() {
        return state.compareAndSet(TAKEN, FREE);
    }
}
