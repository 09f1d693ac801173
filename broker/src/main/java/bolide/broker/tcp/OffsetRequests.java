package bolide.broker.tcp;

import static bolide.protocol.frame.RequestCode.*;

import bolide.broker.offset.CloneGroupOffsets;
import bolide.broker.offset.ResetOffsets;
import bolide.protocol.offset.CloneOffsets;
import bolide.protocol.offset.QueueOffsets;
import bolide.protocol.offset.ResetOffset;
import bolide.remoting.Answer;
import bolide.remoting.RequestTable;

/// What people do with the offsets of groups, a line each.
public record OffsetRequests(ResetOffsets reset, CloneGroupOffsets cloning) {

    public void addTo(RequestTable table) {
        table.blocking(
                        INVOKE_BROKER_TO_RESET_OFFSET,
                        ResetOffset::decode,
                        reset,
                        outcome ->
                                RefusalCodes.answer(
                                        outcome,
                                        offsets -> Answer.ok(QueueOffsets.encode(offsets))))
                .blocking(
                        CLONE_GROUP_OFFSET,
                        CloneOffsets::decode,
                        cloning,
                        RefusalCodes::answerOrOk);
    }
}
