package bolide.store.commitlog;

/// Follows one append.
public interface AppendListener {
    /// A record has its numbers. Called under the log's lock: only to note them.
    ///
    /// @param index which of the appended records, from 0
    /// @param queueOffset its number in its queue
    /// @param position its first byte in the log
    void placed(int index, long queueOffset, long position);

    /// All records are as safe as the flush policy asks and may be acknowledged. Called on a thread
    /// of the log, in the order of positions; must not wait, and must not throw: that would be a
    /// bug, which stops the log. Never called once the log has failed.
    void readable();
}
