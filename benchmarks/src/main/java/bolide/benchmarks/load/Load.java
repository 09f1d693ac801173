package bolide.benchmarks.load;

/// What a client does, again and again, to one server.
interface Load {
    /// Once, when the server runs.
    void prepare() throws Exception;

    /// Instead, when another process of the same server runs, with what was prepared in the first.
    default void resume() throws Exception {}

    /// Does as a run does, without using up what a run needs.
    default Outcome warmUp(double seconds) throws Exception {
        return run(seconds);
    }

    /// @param seconds how long; loads of a given number of messages pay no attention
    Outcome run(double seconds) throws Exception;

    /// After each run, when nothing is measured.
    default void settle() throws Exception {}
}
