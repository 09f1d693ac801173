package bolide.broker.offset;

import bolide.broker.group.GroupLookup;
import bolide.broker.group.Groups;
import bolide.broker.refusal.Refusal;
import bolide.protocol.offset.CloneOffsets;
import bolide.remoting.BlockingHandler;
import bolide.remoting.Caller;
import java.util.Optional;

/// Lets a group begin where another one is; answers when that is safe.
public final class CloneGroupOffsets implements BlockingHandler<CloneOffsets, Optional<Refusal>> {
    private final Offsets offsets;
    private final Groups groups;

    public CloneGroupOffsets(Offsets offsets, Groups groups) {
        this.offsets = offsets;
        this.groups = groups;
    }

    @Override
    public Optional<Refusal> handle(CloneOffsets request, Caller caller) {
        if (groups.existing(request.from()) instanceof GroupLookup.Refused refused) {
            return Optional.of(refused.refusal());
        }
        if (groups.use(request.to()) instanceof GroupLookup.Refused refused) {
            return Optional.of(refused.refusal());
        }
        for (Committed place : offsets.ofGroup(request.from())) {
            if (request.topic().isEmpty() || request.topic().equals(place.topic())) {
                offsets.place(request.to(), place.topic(), place.queueId(), place.offset());
            }
        }
        return offsets.makeSafe();
    }
}
