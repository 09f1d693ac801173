package bolide.benchmarks.compare.store;

/// What a trial does.
enum Workload {
    /// Appends, until each message is acknowledged and can be read through its queue.
    APPEND,
    /// Reads the newest messages of one queue again and again.
    READ,
    /// Opens a store that was closed.
    OPEN_CLOSED,
    /// Opens a store whose process was killed.
    OPEN_KILLED;

    boolean opens() {
        return this == OPEN_CLOSED || this == OPEN_KILLED;
    }
}
