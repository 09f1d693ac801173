package bolide.client.route;

import bolide.protocol.frame.Frame;

/** A server answered that it will not do what was asked. */
public final class BrokerException extends RuntimeException {
    private final int code;
    private final String remark;

    /**
     * @param asked what was asked, for people
     * @param address {@code host:port} of the server
     */
    public BrokerException(String asked, String address, Frame answer) {
        super(
                asked
                        + " was refused by "
                        + address
                        + ": CODE: "
                        + answer.code()
                        + "  DESC: "
                        + answer.remark());
        this.code = answer.code();
        this.remark = answer.remark();
    }

    /**
     * @return see {@link bolide.protocol.frame.ResponseCode}
     */
    public int code() {
        return code;
    }

    /**
     * @return the server's own words
     */
    public String remark() {
        return remark;
    }
}
