package bolide.store.state;

/// One fact that has become true, or has ceased to be.
///
/// @param kind what it is about
/// @param key which one of that kind
/// @param value what holds now; meaningless when removed
/// @param removed whether the key has no value any more
public record StateChange(StateKind kind, String key, byte[] value, boolean removed) {
    private static final byte[] NOTHING = new byte[0];

    public static StateChange put(StateKind kind, String key, byte[] value) {
        return new StateChange(kind, key, value, false);
    }

    public static StateChange remove(StateKind kind, String key) {
        return new StateChange(kind, key, NOTHING, true);
    }

    /// @return whether a topic ends with this change, and its messages with it
    public boolean removesTopic() {
        return removed && kind.equals(StateKind.TOPIC);
    }
}
