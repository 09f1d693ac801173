package bolide.agent;

import java.util.function.Consumer;

/// Keeps agents going: each on a thread of its own in a server, in turns in a simulation.
public interface AgentRunner {
    /// @param onFailure told what the agent threw; the agent is not stepped again after that
    RunningAgent run(Agent agent, Consumer<Throwable> onFailure);
}
