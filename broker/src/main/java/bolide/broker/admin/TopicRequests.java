package bolide.broker.admin;

import bolide.broker.offset.Offsets;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicChange;
import bolide.broker.topic.Topics;
import bolide.protocol.topic.CreateTopic;
import bolide.remoting.Caller;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Makes, changes and deletes topics on request; answers when that is safe.
public final class TopicRequests {
    private final Topics topics;
    private final Offsets offsets;
    private final Supplier<CompletableFuture<Void>> caughtUp;
    private final Supplier<CompletableFuture<Void>> announce;

    /// @param caughtUp completed when what the log says now shows in the queues: a deleted topic's
    ///   messages are gone for everybody
    /// @param announce tells the name servers; completed, without error, when each has been told or
    ///   could not be
    public TopicRequests(
            Topics topics,
            Offsets offsets,
            Supplier<CompletableFuture<Void>> caughtUp,
            Supplier<CompletableFuture<Void>> announce) {
        this.topics = topics;
        this.offsets = offsets;
        this.caughtUp = caughtUp;
        this.announce = announce;
    }

    public Optional<Refusal> create(CreateTopic request, Caller caller) {
        return await(
                topics.create(request.config()), () -> CompletableFuture.completedFuture(null));
    }

    public Optional<Refusal> delete(String topic, Caller caller) {
        AtomicReference<TopicChange> change = new AtomicReference<>();
        offsets.forget(
                topic,
                removals -> {
                    change.set(topics.delete(topic, removals));
                    return change.get() instanceof TopicChange.Done;
                });
        return await(change.get(), caughtUp);
    }

    private Optional<Refusal> await(
            TopicChange change, Supplier<CompletableFuture<Void>> inEffect) {
        return switch (change) {
            case TopicChange.Refused refused -> Optional.of(refused.refusal());
            case TopicChange.Done done -> {
                done.safe().join();
                inEffect.get().join();
                announce.get().join(); // whoever asks for the route next finds the topic
                yield Optional.empty();
            }
        };
    }
}
