package bolide.broker.tcp;

import bolide.broker.pull.PullResult;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.pull.PullResponse;
import bolide.remoting.Answer;
import bolide.remoting.Payload;
import bolide.store.commitlog.LogSlices;

/// Puts the outcome of a pull into the words of the binary protocol.
final class PullAnswers {
    private PullAnswers() {}

    static Answer encode(PullResult result) {
        return switch (result) {
            case PullResult.Found found -> {
                LogSlices messages = found.messages();
                yield new Answer(
                        ResponseCode.SUCCESS,
                        "",
                        found.response().encode(),
                        new Payload(messages.parts(), messages::release));
            }
            case PullResult.NothingNew nothing ->
                    empty(ResponseCode.PULL_NOT_FOUND, nothing.response());
            case PullResult.NoneMatched none ->
                    empty(ResponseCode.PULL_RETRY_IMMEDIATELY, none.response());
            case PullResult.OffsetMoved moved ->
                    empty(ResponseCode.PULL_OFFSET_MOVED, moved.response());
            case PullResult.Refused refused -> RefusalCodes.answer(refused.refusal());
        };
    }

    private static Answer empty(int code, PullResponse response) {
        return new Answer(code, "", response.encode(), Payload.empty());
    }
}
