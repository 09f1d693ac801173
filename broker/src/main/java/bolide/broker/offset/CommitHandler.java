package bolide.broker.offset;

import bolide.broker.group.GroupLookup;
import bolide.broker.group.Groups;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.frame.Frame;
import bolide.protocol.offset.CommitOffset;
import bolide.remoting.BlockingHandler;
import bolide.remoting.Caller;
import java.util.Optional;

/// Takes what a group says it has consumed; answers when that is safe.
public final class CommitHandler
        implements BlockingHandler<CommitHandler.Commit, Optional<Refusal>> {
    /// What a group says, and whether it waits for an answer.
    public record Commit(CommitOffset offset, boolean isAwaited) {
        /// @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no
        ///   number
        public static Commit decode(Frame frame) {
            return new Commit(CommitOffset.decode(frame), !frame.isOneWay());
        }
    }

    private final Offsets offsets;
    private final Groups groups;
    private final Topics topics;

    public CommitHandler(Offsets offsets, Groups groups, Topics topics) {
        this.offsets = offsets;
        this.groups = groups;
        this.topics = topics;
    }

    @Override
    public Optional<Refusal> handle(Commit request, Caller caller) {
        CommitOffset commit = request.offset();
        if (groups.use(commit.group()) instanceof GroupLookup.Refused refused) {
            return Optional.of(refused.refusal());
        }
        if (topics.existing(commit.topic(), commit.queueId())
                instanceof TopicLookup.Refused refused) {
            return Optional.of(refused.refusal());
        }
        if (commit.offset() < 0) {
            return Optional.of(
                    Refusal.of(
                            Refusal.Reason.INVALID_PARAMETER,
                            "offset " + commit.offset() + " cannot be committed; it begins at 0"));
        }
        offsets.commit(commit.group(), commit.topic(), commit.queueId(), commit.offset());
        return request.isAwaited() // otherwise it is written before long, together with others
                ? offsets.makeSafe()
                : Optional.empty();
    }
}
