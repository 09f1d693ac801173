package bolide.protocol.json;

/**
 * Text that is not the JSON it should be. It has no stack trace: whoever reads a header or a body
 * turns it into an exception of its own, and strangers can cause any number of them.
 */
public final class JsonException extends RuntimeException {
    public JsonException(String message) {
        super(message, null, false, false);
    }
}
