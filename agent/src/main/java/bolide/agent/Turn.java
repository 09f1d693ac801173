package bolide.agent;

import java.util.concurrent.atomic.AtomicInteger;

/// Work that any thread may do, but one at a time. Whoever asks for it while nobody is at it does
/// it himself; who is at it also does what others ask for meanwhile, or leaves it to an agent. So
/// nobody waits for another, and nothing that was asked for is left undone.
///
/// Each call writes, even where the state stays what it was: the write is what orders the caller's
/// earlier ones, which may be mere releases, before the round that the call asks for.
public final class Turn {
    private static final int FREE = 0;
    private static final int TAKEN = 1;
    private static final int ASKED = 2; // taken, and asked for again since the round began
    private static final int LEFT = 3; // to the agent, who has not come yet

    private final AtomicInteger state = new AtomicInteger(FREE);

    /// Asks for the work.
    ///
    /// @return whether the caller has to do it, in rounds: [#begin()], a round, [#end()]
    public boolean take() {
        while (true) {
            int now = state.get();
            if (state.compareAndSet(now, now == LEFT ? LEFT : ASKED)) {
                return now == FREE;
            }
        }
    }

    /// The same for the agent, which also takes what was left to it. Wake it after [#leave()].
    public boolean takeLeft() {
        while (true) {
            int now = state.get();
            if (state.compareAndSet(now, ASKED)) {
                return now == FREE || now == LEFT;
            }
        }
    }

    /// Only who has the turn. What follows sees everything that was written before a call of
    /// [#take()] that no round has answered yet.
    public void begin() {
        state.getAndSet(TAKEN);
    }

    /// Gives the turn back, unless the work was asked for again.
    ///
    /// @return false: another round is due, and the caller's
    public boolean end() {
        return state.compareAndSet(TAKEN, FREE);
    }

    /// Leaves the turn, which the caller has, and all that is asked for, to the agent.
    public void leave() {
        state.set(LEFT);
    }
}
