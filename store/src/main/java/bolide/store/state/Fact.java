package bolide.store.state;

/// Something that holds, and where the log says so.
///
/// @param position of the newest record that says it
public record Fact(StateKind kind, String key, byte[] value, long position) {}
