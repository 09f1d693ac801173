package bolide.store;

import bolide.agent.Agent;
import bolide.agent.AgentRunner;
import bolide.agent.RunningAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Runs agents in turns on the thread of the test. They rest as on threads of their own: one that
/// had nothing to do is passed over until it is woken or its time is up.
public final class Turns implements AgentRunner {
    private final LongSupplier nanoClock;
    private final List<Turn> turns = new ArrayList<>();

    public Turns(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    @Override
    public RunningAgent run(Agent agent, Consumer<Throwable> onFailure) {
        Turn turn = new Turn(agent, onFailure);
        turns.add(turn);
        return turn;
    }

    /// Steps everybody until all rest.
    public void settle() {
        boolean anyStepped = true;
        while (anyStepped) {
            anyStepped = false;
            for (Turn turn : turns) {
                anyStepped |= turn.take();
            }
        }
    }

    /// Steps the agent of that name, unless it rests.
    ///
    /// @return whether it did not rest
    public boolean step(String name) {
        for (Turn turn : turns) {
            if (turn.agent.name().equals(name)) {
                return turn.take();
            }
        }
        throw new IllegalArgumentException("no agent " + name);
    }

    public boolean isClosed() {
        return turns.stream().allMatch(turn -> turn.over);
    }

    private final class Turn implements RunningAgent {
        private final Agent agent;
        private final Consumer<Throwable> onFailure;
        private boolean woken = true;
        private boolean over;
        private long restFrom;
        private long restNanos;

        private Turn(Agent agent, Consumer<Throwable> onFailure) {
            this.agent = agent;
            this.onFailure = onFailure;
        }

        /// @return whether the agent was stepped
        private boolean take() {
            if (over || !woken && nanoClock.getAsLong() - restFrom < restNanos) {
                return false;
            }
            woken = false;
            try {
                if (agent.step()) {
                    woken = true;
                } else {
                    restFrom = nanoClock.getAsLong();
                    restNanos = agent.restNanos();
                }
            } catch (RuntimeException | Error failure) {
                over = true;
                onFailure.accept(failure);
            }
            return true;
        }

        @Override
        public void wake() {
            woken = true;
        }

        @Override
        public void close() {
            over = true;
        }
    }
}
