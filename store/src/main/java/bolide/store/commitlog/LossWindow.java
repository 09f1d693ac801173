package bolide.store.commitlog;

/// What a power cut would take now of what has been written: under `async` that was acknowledged.
///
/// @param bytes written and not on stable storage
/// @param millis since the last sync, 0 when there are no such bytes: so old they are at most
public record LossWindow(long bytes, long millis) {}
