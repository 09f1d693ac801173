package bolide.broker.admin;

import bolide.broker.group.GroupTopics;
import bolide.broker.offset.Offsets;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicChange;
import bolide.broker.topic.Topics;
import bolide.protocol.topic.CreateTopic;
import bolide.remoting.Caller;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.state.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Makes, changes and deletes topics on request; answers when that is safe.
public final class TopicRequests {
    private final Topics topics;
    private final Offsets offsets;
    private final GroupTopics groupTopics;
    private final Supplier<CompletableFuture<Void>> caughtUp;
    private final Supplier<CompletableFuture<Void>> announce;

    /// @param caughtUp completed when what the log says now shows in the queues: a deleted topic's
    ///   messages are gone for everybody
    /// @param announce tells the name servers; completed, without error, when each has been told or
    ///   could not be
    public TopicRequests(
            Topics topics,
            Offsets offsets,
            GroupTopics groupTopics,
            Supplier<CompletableFuture<Void>> caughtUp,
            Supplier<CompletableFuture<Void>> announce) {
        this.topics = topics;
        this.offsets = offsets;
        this.groupTopics = groupTopics;
        this.caughtUp = caughtUp;
        this.announce = announce;
    }

    public Optional<Refusal> create(CreateTopic request, Caller caller) {
        return createAll(List.of(request), caller);
    }

    public Optional<Refusal> createAll(List<CreateTopic> requests, Caller caller) {
        return await(
                () -> List.of(topics.create(requests)),
                () -> CompletableFuture.completedFuture(null));
    }

    public Optional<Refusal> delete(String topic, Caller caller) {
        return deleteAll(List.of(topic), caller);
    }

    /// Deletes topics, or none when one of them cannot be deleted.
    public Optional<Refusal> deleteAll(List<String> names, Caller caller) {
        for (String topic : names) {
            Optional<Refusal> refusal = topics.undeletable(topic);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return await(
                () -> {
                    List<TopicChange> changes = new ArrayList<>();
                    for (String topic : names) {
                        changes.add(delete(topic));
                    }
                    return changes;
                },
                caughtUp);
    }

    private TopicChange delete(String topic) {
        AtomicReference<TopicChange> change = new AtomicReference<>();
        offsets.forget(
                topic,
                ofOffsets ->
                        groupTopics.forgetTopic(
                                topic,
                                ofGroups -> {
                                    List<StateChange> related = new ArrayList<>(ofOffsets);
                                    related.addAll(ofGroups);
                                    change.set(topics.delete(topic, related));
                                    return change.get() instanceof TopicChange.Done;
                                }));
        return change.get();
    }

    private Optional<Refusal> await(
            Supplier<List<TopicChange>> doing, Supplier<CompletableFuture<Void>> inEffect) {
        try {
            Optional<Refusal> refusal = Optional.empty();
            List<CompletableFuture<Void>> safe = new ArrayList<>();
            for (TopicChange change : doing.get()) {
                switch (change) {
                    case TopicChange.Refused refused -> refusal = Optional.of(refused.refusal());
                    case TopicChange.Done done -> safe.add(done.safe());
                }
            }
            if (!safe.isEmpty()) {
                safe.forEach(CompletableFuture::join);
                inEffect.get().join();
                announce.get().join(); // whoever asks for the route next finds what has changed
            }
            return refusal;
        } catch (StoreRefusal full) {
            return Optional.of(Refusal.of(Refusal.Reason.STORE_UNAVAILABLE, full.getMessage()));
        }
    }
}
