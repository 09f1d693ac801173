package bolide.broker.topic;

import bolide.broker.refusal.Refusal;
import java.util.concurrent.CompletableFuture;

/// What became of a wish to make, change or delete a topic.
public sealed interface TopicChange {
    /// @param safe completed when the change is as safe as the flush policy asks
    record Done(CompletableFuture<Void> safe) implements TopicChange {}

    record Refused(Refusal refusal) implements TopicChange {}
}
