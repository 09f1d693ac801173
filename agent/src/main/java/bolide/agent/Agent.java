package bolide.agent;

/// One named job that a thread of its own does, step by step.
public interface Agent {
    /// @return the job's name, which its thread bears
    String name();

    /// Does a bounded piece of work; only its own thread calls this.
    ///
    /// @return whether there was anything to do; if so it is called again at once
    boolean step();

    /// @return for how many nanoseconds, above 0, the thread may rest, unless woken, after a step
    ///   without work
    default long restNanos() {
        return Long.MAX_VALUE;
    }
}
