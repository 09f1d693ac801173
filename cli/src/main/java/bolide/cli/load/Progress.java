package bolide.cli.load;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Waits for a run's end and prints a line about it each second.
final class Progress {
    private static final double NANOS = 1e9;

    private final PrintWriter out;
    private final Figures figures;
    private final LongSupplier nanoClock;
    private final long startNanos;
    private long shownMessages;
    private long shownNanos;

    Progress(PrintWriter out, Figures figures, LongSupplier nanoClock) {
        this.out = out;
        this.figures = figures;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        this.shownNanos = startNanos;
    }

    /// @param ended completed when there is nothing left to wait for
    /// @param hasEnded asked each second whether it is over for another reason
    void await(CompletableFuture<?> ended, BooleanSupplier hasEnded) throws InterruptedException {
        boolean isOver = false;
        while (!isOver) {
            try {
                ended.get(1, TimeUnit.SECONDS);
                isOver = true;
            } catch (TimeoutException running) {
                show();
                isOver = hasEnded.getAsBoolean();
            } catch (ExecutionException bug) {
                throw new IllegalStateException("a thread of the load has ended", bug.getCause());
            }
        }
    }

    private void show() {
        long nanos = nanoClock.getAsLong();
        long messages = figures.messages();
        out.println(
                String.format(
                        Locale.ROOT,
                        "%6.0f s %,14d messages %,12.0f /s %,8d errors",
                        (nanos - startNanos) / NANOS,
                        messages,
                        (messages - shownMessages) * NANOS / (nanos - shownNanos),
                        figures.errors().count()));
        shownMessages = messages;
        shownNanos = nanos;
    }
}
