package bolide.client.consumer;

import java.util.concurrent.CompletableFuture;

/** Where the messages of one queue come from. */
interface QueueSource {
    /** Asks for messages from the offset on. */
    CompletableFuture<PullResult> pull(long offset);

    /**
     * A pull has failed for this reason, so what is believed of the queue's broker may be wrong.
     */
    void doubt(Throwable cause);
}
