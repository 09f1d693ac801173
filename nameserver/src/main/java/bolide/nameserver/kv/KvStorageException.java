package bolide.nameserver.kv;

/// Values are not kept, or not as they were; the message says which, where and what to do.
public final class KvStorageException extends RuntimeException {
    public KvStorageException(String message) {
        super(message);
    }

    public KvStorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
