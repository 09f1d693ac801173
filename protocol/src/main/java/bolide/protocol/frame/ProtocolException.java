package bolide.protocol.frame;

/**
 * Bytes that are not what the protocol allows: nothing after them on the same connection can be
 * trusted, so whoever reads from a connection closes it.
 */
public final class ProtocolException extends RuntimeException {
    public ProtocolException(String message) {
        super(message);
    }
}
