package bolide.benchmarks.load;

/// What a client does, again and again, to one server.
interface Load {
    /// Once, when the server runs.
    void prepare() throws Exception;

    /// @param seconds how long; loads of a given number of messages pay no attention
    Outcome run(double seconds) throws Exception;

    /// After each run, when nothing is measured.
    default void settle() throws Exception {}
}
