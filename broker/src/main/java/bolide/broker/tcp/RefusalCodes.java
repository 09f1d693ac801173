package bolide.broker.tcp;

import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.protocol.frame.ResponseCode;
import bolide.remoting.Answer;
import java.util.Optional;
import java.util.function.Function;

/// Which response code stands for which refusal.
final class RefusalCodes {
    private RefusalCodes() {}

    static Answer answer(Refusal refusal) {
        return Answer.refused(code(refusal.reason()), refusal.detail());
    }

    static Answer answerOrOk(Optional<Refusal> refusal) {
        return refusal.map(RefusalCodes::answer).orElseGet(Answer::ok);
    }

    /// @param encode puts into words what was asked for
    static <T> Answer answer(Outcome<T> outcome, Function<T, Answer> encode) {
        return switch (outcome) {
            case Outcome.Done<T> done -> encode.apply(done.value());
            case Outcome.Refused<T> refused -> answer(refused.refusal());
        };
    }

    private static int code(Refusal.Reason reason) {
        return switch (reason) {
            case INVALID_PARAMETER -> ResponseCode.INVALID_PARAMETER;
            case MESSAGE_ILLEGAL -> ResponseCode.MESSAGE_ILLEGAL;
            case NO_PERMISSION -> ResponseCode.NO_PERMISSION;
            case TOPIC_UNKNOWN -> ResponseCode.TOPIC_NOT_EXIST;
            case GROUP_UNKNOWN -> ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST;
            case GROUP_OFFLINE -> ResponseCode.CONSUMER_NOT_ONLINE;
            case SUBSCRIPTION_UNKNOWN -> ResponseCode.SUBSCRIPTION_NOT_EXIST;
            case SUBSCRIPTION_OUTDATED -> ResponseCode.SUBSCRIPTION_NOT_LATEST;
            case SUBSCRIPTION_UNPARSABLE -> ResponseCode.SUBSCRIPTION_PARSE_FAILED;
            case FILTER_UNSUPPORTED, NOT_FOUND, DAMAGED -> ResponseCode.SYSTEM_ERROR;
            case NO_OFFSET, NO_MESSAGE -> ResponseCode.QUERY_NOT_FOUND;
            case CLIENT_SILENT -> ResponseCode.CONSUME_MSG_TIMEOUT;
            case NOT_OFFERED -> ResponseCode.REQUEST_CODE_NOT_SUPPORTED;
            case BUSY -> ResponseCode.SYSTEM_BUSY;
            case STORE_UNAVAILABLE -> ResponseCode.SERVICE_NOT_AVAILABLE;
        };
    }
}
