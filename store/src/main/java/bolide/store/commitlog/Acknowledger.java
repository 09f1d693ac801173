package bolide.store.commitlog;

import java.util.List;

/// Decides when written bytes may be acknowledged and read: at once, or when they are synced.
interface Acknowledger {
    /// Bytes have been written to the file. Called in the order of positions, by one thread at a
    /// time.
    ///
    /// @param end the position behind them
    /// @param waiting to be told when they may be acknowledged; the caller uses the list again
    void written(long end, List<AppendListener> waiting);

    /// The same thread has let go of the log's locks; another may have written more meanwhile.
    void published();
}
