package bolide.client.producer;

import bolide.client.producer.SendReceipt.Safety;
import bolide.protocol.frame.ResponseCode;
import java.util.Optional;

/** What a broker's answer to a send means for the producer. */
final class SendCodes {
    private static final int SLAVE_NOT_AVAILABLE = 11;
    private static final int FLUSH_SLAVE_TIMEOUT = 12;
    private static final int NO_BUYER_ID = 204;
    private static final int NOT_IN_CURRENT_UNIT = 205;
    private static final int GO_AWAY = 1500;

    private SendCodes() {}

    /**
     * @return how safe the message is; none when it was not accepted
     */
    static Optional<Safety> accepted(int code) {
        return switch (code) {
            case ResponseCode.SUCCESS -> Optional.of(Safety.AS_CONFIGURED);
            case ResponseCode.FLUSH_DISK_TIMEOUT -> Optional.of(Safety.NOT_YET_ON_DISK);
            case FLUSH_SLAVE_TIMEOUT -> Optional.of(Safety.NOT_YET_REPLICATED);
            case SLAVE_NOT_AVAILABLE -> Optional.of(Safety.WITHOUT_REPLICA);
            default -> Optional.empty();
        };
    }

    /**
     * @return whether another queue or broker may accept what this one refused
     */
    static boolean isWorthAnotherTry(int code) {
        return switch (code) {
            case ResponseCode.SYSTEM_ERROR,
                    ResponseCode.SYSTEM_BUSY,
                    ResponseCode.SERVICE_NOT_AVAILABLE,
                    ResponseCode.NO_PERMISSION,
                    ResponseCode.TOPIC_NOT_EXIST,
                    NO_BUYER_ID,
                    NOT_IN_CURRENT_UNIT,
                    GO_AWAY ->
                    true;
            default -> false;
        };
    }

    /**
     * @return what people can do about the refusal
     */
    static String remedy(int code) {
        return switch (code) {
            case ResponseCode.SYSTEM_ERROR -> "see the broker's log";
            case ResponseCode.SYSTEM_BUSY -> "the broker is overloaded: send less, or later";
            case ResponseCode.MESSAGE_ILLEGAL -> "the message itself has to change";
            case ResponseCode.SERVICE_NOT_AVAILABLE ->
                    "the broker takes no messages now: see its disk, its role and its log";
            case ResponseCode.NO_PERMISSION ->
                    "the topic is not writable, or this producer may not write to it";
            case ResponseCode.TOPIC_NOT_EXIST -> "create the topic";
            default -> "see the broker's log";
        };
    }
}
