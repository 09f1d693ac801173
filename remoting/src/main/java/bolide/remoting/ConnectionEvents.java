package bolide.remoting;

import bolide.protocol.frame.Frame;

/** What happens on a connection; all calls for one connection come on the thread that owns it. */
public interface ConnectionEvents {
    void opened(Connection connection);

    /**
     * @param frame a whole frame; its body is good only until this method returns
     */
    void received(Connection connection, Frame frame);

    /**
     * A frame whose body is too long for its code: the body is being thrown away unread.
     *
     * @param head the frame without its body
     * @param bodyBytes how long the body is
     */
    void receivedTooLong(Connection connection, Frame head, int bodyBytes);

    /** Everything that had arrived has been handed over. */
    void passEnded(Connection connection);

    /** Called once, last. */
    void closed(Connection connection);
}
