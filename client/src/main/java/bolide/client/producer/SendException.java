package bolide.client.producer;

import bolide.protocol.frame.ResponseCode;
import bolide.protocol.text.Excerpt;

/** A message was not sent, or nobody knows whether it was. */
public final class SendException extends RuntimeException {
    /** Stands for the code of an answer when there was none. */
    public static final int NO_ANSWER = -1;

    private final int code;
    private final String remark;
    private final String topic;
    private final String brokerName;

    /**
     * @param message what happened and what to do
     * @param code the broker's or name server's code, or {@link #NO_ANSWER}
     * @param remark its words, or ours when there was no answer
     * @param brokerName the broker that was asked last; empty: none was
     */
    SendException(String message, int code, String remark, String topic, String brokerName) {
        super(message);
        this.code = code;
        this.remark = remark;
        this.topic = topic;
        this.brokerName = brokerName;
    }

    /** The same failure as the thread sees it that waited for the answer. */
    SendException(SendException seenByNetwork) {
        super(seenByNetwork.getMessage(), seenByNetwork);
        this.code = seenByNetwork.code;
        this.remark = seenByNetwork.remark;
        this.topic = seenByNetwork.topic;
        this.brokerName = seenByNetwork.brokerName;
    }

    /** Nothing was sent, for a reason that lies on this side. */
    static SendException notSent(String topic, int code, String remark) {
        String message = "message to topic " + Excerpt.of(topic) + " was not sent: " + remark;
        return new SendException(message, code, remark, topic, "");
    }

    /** Nothing was sent because every broker would refuse it. */
    static SendException illegal(String topic, String remark) {
        return notSent(topic, ResponseCode.MESSAGE_ILLEGAL, remark);
    }

    /**
     * @return see {@link bolide.protocol.frame.ResponseCode}, or {@link #NO_ANSWER}
     */
    public int code() {
        return code;
    }

    public String remark() {
        return remark;
    }

    public String topic() {
        return topic;
    }

    /**
     * @return the broker that was asked last; empty: none was
     */
    public String brokerName() {
        return brokerName;
    }
}
