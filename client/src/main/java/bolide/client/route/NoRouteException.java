package bolide.client.route;

import bolide.protocol.frame.ResponseCode;

/** Nobody could say which broker holds a topic. */
public final class NoRouteException extends RuntimeException {
    /** Stands for the code of an answer when there was none. */
    public static final int NO_ANSWER = -1;

    private final int code;

    /**
     * @param code a name server's, or {@link #NO_ANSWER}
     */
    NoRouteException(String message, int code) {
        super(message);
        this.code = code;
    }

    /**
     * @return see {@link ResponseCode}, or {@link #NO_ANSWER}
     */
    public int code() {
        return code;
    }

    /**
     * @return whether the name servers know no such topic, rather than could not be asked
     */
    public boolean isTopicUnknown() {
        return code == ResponseCode.TOPIC_NOT_EXIST;
    }
}
