package bolide.store.commitlog;

/// When a record is acknowledged and becomes readable.
public enum FlushPolicy {
    /// When it is on stable storage. Survives a power cut.
    SYNC,
    /// When it is written to the file; synced a little later. Survives the end of the process; a
    /// power cut may take what was written since the last sync.
    ASYNC
}
