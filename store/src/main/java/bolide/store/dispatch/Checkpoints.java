package bolide.store.dispatch;

import bolide.store.index.Generation;

/// Takes what has been derived, to write it down.
public interface Checkpoints {
    /// @return whether somebody waits for a checkpoint, however little it brings
    default boolean isAskedFor() {
        return false;
    }

    /// Takes a generation over. It is persisted later, on another thread; whoever does so wakes the
    /// dispatcher, which may wait for that.
    void take(Generation frozen);
}
