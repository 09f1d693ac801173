package bolide.nameserver.config;

/// What became of a wish for other settings: all of them, or none.
public sealed interface ConfigChange {
    record Changed() implements ConfigChange {}

    /// A key is no setting that may be changed.
    ///
    /// @param detail names the first such key, and those that may be
    record NotAllowed(String detail) implements ConfigChange {}

    /// A value is not what its key takes.
    ///
    /// @param detail names the first such key and value
    record Malformed(String detail) implements ConfigChange {}
}
