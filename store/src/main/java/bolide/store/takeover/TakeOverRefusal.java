package bolide.store.takeover;

/// A directory cannot be taken over; the message says why, and what can be done. Nothing has been
/// changed.
public final class TakeOverRefusal extends RuntimeException {
    public TakeOverRefusal(String message) {
        super(message, null, false, false);
    }
}
