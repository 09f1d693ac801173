package bolide.store.index;

/// A part of the log.
///
/// @param start the position of its first byte
/// @param end the position behind its last byte
public record Stretch(long start, long end) {
    public Stretch {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("stretch of the log from " + start + " to " + end);
        }
    }
}
