package bolide.broker.group;

import bolide.broker.refusal.Refusal;
import bolide.protocol.group.GroupConfig;

/// Whether a consumer group can be used.
public sealed interface GroupLookup {
    record Usable(GroupConfig group) implements GroupLookup {}

    record Refused(Refusal refusal) implements GroupLookup {}
}
