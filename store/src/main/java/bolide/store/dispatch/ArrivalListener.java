package bolide.store.dispatch;

import bolide.store.consumequeue.ConsumeQueue;

/// Wants to know when a queue has new messages to read.
public interface ArrivalListener {
    /// Called by one thread at a time, once per queue for all that came together; must not wait.
    void arrived(ConsumeQueue queue);
}
