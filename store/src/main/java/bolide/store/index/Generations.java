package bolide.store.index;

/// The generations in memory: the one being filled, and the one that is being written, if any.
/// Readers who look at the present one, then the frozen one, then the files miss nothing.
public final class Generations {
    private final Generation.Limits limits;
    private volatile Generation present;
    private volatile Generation frozen;

    /// @param start the position from which on nothing was derived yet
    public Generations(long start, Generation.Limits limits) {
        this.limits = limits;
        this.present = new Generation(start, limits);
    }

    public Generation present() {
        return present;
    }

    /// @return whether a frozen one is still in memory
    public boolean isFrozenHeld() {
        return frozen != null;
    }

    /// Begins the next generation. Only the dispatcher, or recovery.
    ///
    /// @param end the position behind everything the present one is about
    /// @return the one that was present
    public Generation freeze(long end) {
        if (frozen != null) {
            throw new IllegalStateException(
                    "the generation from " + frozen.start() + " is not written yet");
        }
        Generation full = present;
        full.freeze(end);
        frozen = full;
        present = new Generation(end, limits);
        return full;
    }

    /// The frozen one is not needed any more.
    public void drop(Generation written) {
        if (frozen != written) {
            throw new IllegalArgumentException("generation from " + written.start());
        }
        frozen = null;
    }

    /// @return the generations in memory, the newest first
    Generation[] held() {
        Generation now = present; // in this order, see above
        Generation before = frozen;
        return before == null || before == now
                ? new Generation[] {now}
                : new Generation[] {now, before};
    }
}
