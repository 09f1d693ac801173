package bolide.store.index;

/// Entries of one queue with neighbouring offsets, all of one generation.
public sealed interface Run permits Chunk, Span {
    long firstOffset();

    /// @return one past the last offset
    long endOffset();

    /// @return where the first entry's record lies
    long firstPosition();

    /// @return where the last entry's record lies
    long lastPosition();

    /// @return the first entry's store time
    long firstTime();

    /// @return the last entry's store time
    long lastTime();
}
