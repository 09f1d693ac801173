package bolide.store.commitlog;

/// The log does not take a record, for a reason that the message names and that may pass; nothing
/// of it was stored.
public final class StoreRefusal extends RuntimeException {
    public StoreRefusal(String message) {
        super(message, null, false, false); // expected: the place it was thrown at tells nothing
    }
}
