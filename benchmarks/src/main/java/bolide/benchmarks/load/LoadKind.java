package bolide.benchmarks.load;

/// What a client does.
public enum LoadKind {
    /// Threads that send, each waiting for its answer.
    SYNC,
    /// One thread that sends with many answers outstanding.
    ASYNC,
    /// A sender at a fixed rate, and a push consumer that looks how old each message is.
    END_TO_END,
    /// Push consumers that receive stored messages, each run of a new group.
    CONSUME,
    /// As consuming, of old messages, while others are sent at a fixed rate.
    CATCH_UP,
    /// One message, sent as soon as a starting server takes it.
    FIRST
}
