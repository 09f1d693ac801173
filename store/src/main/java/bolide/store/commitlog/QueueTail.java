package bolide.store.commitlog;

/// The end of one queue: which number its next message gets. Owner: whoever holds the log's lock.
public final class QueueTail {
    private long next;

    long take() {
        return next++;
    }

    /// During recovery: a message with that number has been found.
    void passed(long queueOffset) {
        next = Math.max(next, queueOffset + 1);
    }
}
