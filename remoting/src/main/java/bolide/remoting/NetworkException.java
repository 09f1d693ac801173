package bolide.remoting;

/** The network did not do what was asked: an address in use, a peer that is not there, time up. */
public final class NetworkException extends RuntimeException {
    public NetworkException(String message) {
        super(message);
    }

    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }
}
