package bolide.broker.refusal;

/// What became of a request that asks for something.
///
/// @param <T> what it asks for
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> of(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(Refusal.Reason reason, String detail) {
        return new Refused<>(Refusal.of(reason, detail));
    }
}
