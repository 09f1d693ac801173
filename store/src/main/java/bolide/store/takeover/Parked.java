package bolide.store.takeover;

/// Entries of a store that a take-over does not carry over.
///
/// @param what the kind, in the plural
/// @param count how many; at most so many where only the upper bound is known
public record Parked(String what, long count) {}
