package bolide.store.verify;

/// Something out of the ordinary in a store.
///
/// @param kind how bad it is
/// @param file where, below the store's directory
/// @param position in the log, bytes from its start; in another file, from that file's start
/// @param record how many records of the part were whole before it
/// @param what what is found there
public record Finding(Kind kind, String file, long position, long record, String what) {
    /// How bad a finding is.
    public enum Kind {
        /// What was stored is gone or changed.
        DAMAGE,
        /// Bytes behind the last whole record: of a write that was under way when the process
        /// ended. The next start cuts them off.
        TORN,
        /// Nothing is wrong with it.
        NOTE
    }
}
