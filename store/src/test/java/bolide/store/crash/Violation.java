package bolide.store.crash;

/// A store has not kept a promise.
final class Violation extends AssertionError {
    Violation(String what) {
        super(what);
    }

    Violation(String what, Throwable cause) {
        super(what + ": " + (cause instanceof Violation ? cause.getMessage() : cause), cause);
    }

    /// @param details named when it does not hold
    static void unless(boolean holds, String what, Object details) {
        if (!holds) {
            throw new Violation(what + ": " + details);
        }
    }
}
