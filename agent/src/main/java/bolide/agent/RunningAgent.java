package bolide.agent;

/// An agent that is being stepped, until closed.
public interface RunningAgent extends AutoCloseable {
    /// Ends the agent's rest, or prevents the next one: it steps once more after this call, and
    /// that step sees everything written before the call.
    void wake();

    /// Steps it no more; returns when the present step is over, or at once within that step.
    @Override
    void close();
}
