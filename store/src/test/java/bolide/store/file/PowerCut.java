package bolide.store.file;

/// Ends the simulated process in the middle of an I/O operation. Not a [StorageException]: the
/// store has no business to answer it.
public final class PowerCut extends RuntimeException {
    PowerCut() {
        super("the process has ended here", null, false, false);
    }
}
