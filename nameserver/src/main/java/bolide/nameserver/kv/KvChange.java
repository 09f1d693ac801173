package bolide.nameserver.kv;

/// What became of a wish to keep or forget a value.
public sealed interface KvChange {
    /// It is as it was wished, and stays so over restarts.
    record Done() implements KvChange {}

    /// Everything is as it was.
    ///
    /// @param detail cause, value, limit and remedy
    record Refused(String detail) implements KvChange {}
}
