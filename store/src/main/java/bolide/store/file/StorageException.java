package bolide.store.file;

/// The disk did not do what it must, or holds what it must not: the store cannot go on.
public final class StorageException extends RuntimeException {
    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
