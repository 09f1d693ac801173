package bolide.broker.topic;

import bolide.broker.refusal.Refusal;
import bolide.protocol.topic.TopicConfig;

/// Whether a topic can be used in the way that was asked.
public sealed interface TopicLookup {
    /// What comes of looking for a topic that has to be there.
    sealed interface Existing extends TopicLookup {}

    record Usable(TopicConfig topic) implements Existing {}

    record Refused(Refusal refusal) implements Existing {}

    /// The topic is not there yet; it is to be made, with [Topics#ensure], once nothing else stands
    /// against its first message.
    record ToBeMade(TopicConfig topic) implements TopicLookup {}
}
