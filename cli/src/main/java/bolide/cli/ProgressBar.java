package bolide.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/// Shows on a terminal how far a long piece of work has come, at most ten times a second; shows
/// nothing where there is no terminal.
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long PAUSE_NANOS = 100_000_000;

    private final PrintStream out;
    private final boolean visible;
    private final String label;
    private final long total;
    private final LongSupplier nanoClock;
    private long nextNanos;

    /// @param visible whether `out` is a terminal that somebody looks at
    /// @param total how much there is to do; at least 1
    public ProgressBar(
            PrintStream out, boolean visible, String label, long total, LongSupplier nanoClock) {
        this.out = out;
        this.visible = visible;
        this.label = label;
        this.total = total;
        this.nanoClock = nanoClock;
        this.nextNanos = nanoClock.getAsLong();
    }

    /// @param done how much has been done, from 0 to the total
    public void show(long done) {
        if (!visible || nanoClock.getAsLong() - nextNanos < 0 && done < total) {
            return;
        }
        nextNanos = nanoClock.getAsLong() + PAUSE_NANOS;
        int filled = (int) (WIDTH * done / total);
        out.printf(
                "\r%-10s [%s%s] %3d%%",
                label, "#".repeat(filled), ".".repeat(WIDTH - filled), 100 * done / total);
        out.flush();
    }

    /// Takes the bar away.
    @Override
    public void close() {
        if (visible) {
            out.print("\r" + " ".repeat(WIDTH + 20) + "\r");
            out.flush();
        }
    }
}
