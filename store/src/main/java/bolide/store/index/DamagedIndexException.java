package bolide.store.index;

/// An index file does not hold what was written to it. [IndexFiles#rebuild] makes it anew.
public final class DamagedIndexException extends RuntimeException {
    private final transient Stretch stretch;

    DamagedIndexException(Stretch stretch, int place, String what) {
        super(
                "index file "
                        + IndexFile.name(stretch.start())
                        + " is damaged at "
                        + place
                        + ": "
                        + what);
        this.stretch = stretch;
    }

    /// @return the part of the log that the file is about
    public Stretch stretch() {
        return stretch;
    }
}
