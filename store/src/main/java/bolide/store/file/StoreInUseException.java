package bolide.store.file;

/// Another process, or another store of this one, works on the same directory.
public final class StoreInUseException extends RuntimeException {
    public StoreInUseException(String message) {
        super(message);
    }
}
