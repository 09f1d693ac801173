package bolide.broker.group;

import bolide.broker.refusal.Refusal;

/// Whether a consumer group can be used.
public sealed interface GroupLookup {
    record Usable(Group group) implements GroupLookup {}

    record Refused(Refusal refusal) implements GroupLookup {}
}
