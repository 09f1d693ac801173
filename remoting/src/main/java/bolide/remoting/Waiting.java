package bolide.remoting;

/**
 * How many requests are being served by threads that may wait, and what memory their bodies take:
 * both are bounded, since a waiting thread costs its caller nothing. For several threads.
 */
final class Waiting {
    private static final int REQUESTS = 1024;
    private static final int BODY_BYTES = 64 * 1024 * 1024;

    /** What a refused caller is told. */
    static final String FULL =
            "the server is busy: "
                    + REQUESTS
                    + " requests or "
                    + BODY_BYTES
                    + " bytes of them are waiting to be served, which is the limit; try again"
                    + " later";

    private int requests;
    private long bytes;

    /**
     * @return false when there is no room for the request
     */
    synchronized boolean enter(int bodyBytes) {
        if (requests == REQUESTS || bytes + bodyBytes > BODY_BYTES) {
            return false;
        }
        requests++;
        bytes += bodyBytes;
        return true;
    }

    synchronized void leave(int bodyBytes) {
        requests--;
        bytes -= bodyBytes;
    }
}
