package bolide.benchmarks.meter;

/// CPU-seconds of one or several processes, until now or in a stretch.
///
/// @param all of it
/// @param compiling what the JIT compiler's threads used
/// @param collecting what the garbage collector's threads used
public record Usage(double all, double compiling, double collecting) {
    static final Usage NONE = new Usage(0, 0, 0);

    /// @return all but the JIT compiler's
    public double working() {
        return all - compiling;
    }

    public Usage since(Usage before) {
        return new Usage(
                all - before.all, compiling - before.compiling, collecting - before.collecting);
    }

    Usage plus(Usage other) {
        return new Usage(
                all + other.all, compiling + other.compiling, collecting + other.collecting);
    }
}
