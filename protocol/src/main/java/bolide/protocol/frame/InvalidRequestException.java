package bolide.protocol.frame;

/**
 * A whole frame whose content cannot be used: a field is missing, not a number or out of its range.
 * Only this request is refused; the connection stays.
 */
public final class InvalidRequestException extends RuntimeException {
    public InvalidRequestException(String message) {
        super(message);
    }
}
