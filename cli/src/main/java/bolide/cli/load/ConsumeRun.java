package bolide.cli.load;

import bolide.client.consumer.PushConsumer;
import bolide.client.consumer.PushConsumerBuilder;
import bolide.client.consumer.ReceivedMessage;
import bolide.client.consumer.StartAt;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Receives once.
final class ConsumeRun {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final PushConsumerBuilder consumer;
    private final Extent extent;
    private final LoadTools tools;
    private final Figures figures = new Figures();
    private final CompletableFuture<Void> enough = new CompletableFuture<>();
    private final AtomicLong begun = new AtomicLong();
    private long seenMessages; // as of movedNanos, by the thread that waits
    private long movedNanos;

    /// @param consumer all is said but where it begins
    ConsumeRun(PushConsumerBuilder consumer, Extent extent, LoadTools tools) {
        this.consumer = consumer;
        this.extent = extent;
        this.tools = tools;
    }

    /// @param out takes a line each second
    LoadReport run(PrintWriter out) throws InterruptedException {
        Progress progress = new Progress(out, figures, tools.nanoClock());
        long startNanos = tools.nanoClock().getAsLong();
        movedNanos = startNanos;
        PushConsumer running = consumer.startAt(StartAt.FIRST).start(this::receive);
        try {
            progress.await(enough, () -> isOver(startNanos));
        } finally {
            running.close();
        }
        long missing = extent.messages() - figures.messages();
        if (extent.messages() != Long.MAX_VALUE && missing > 0) {
            figures.errors()
                    .add(
                            "missing",
                            missing,
                            "no message has come for "
                                    + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS)
                                    + " seconds; send more meanwhile, or name a --group that has"
                                    + " not read these yet");
        }
        // The first message begins the time and is none that came within it.
        return LoadReport.of("consume", figures, figures.messages() - 1, figures.spanNanos())
                .withFirst(figures.nanosToFirst(startNanos));
    }

    private void receive(ReceivedMessage message) {
        long number = begun.incrementAndGet();
        if (number > extent.messages()) {
            return; // it was on its way already
        }
        long sentMicros =
                Stamp.micros(message.body())
                        .orElse(TimeUnit.MILLISECONDS.toMicros(message.bornTimestamp()));
        long latencyMicros = Stamp.micros(tools.clock().instant()) - sentMicros;
        long count =
                figures.add(
                        tools.nanoClock().getAsLong(),
                        TimeUnit.MICROSECONDS.toNanos(latencyMicros));
        if (count == extent.messages()) {
            enough.complete(null);
        }
    }

    /// Time is up; or too long nothing has come, where a number of messages is waited for.
    private boolean isOver(long startNanos) {
        long nanos = tools.nanoClock().getAsLong();
        if (figures.messages() != seenMessages) {
            seenMessages = figures.messages();
            movedNanos = nanos;
        }
        return nanos - startNanos >= extent.nanos()
                || extent.messages() != Long.MAX_VALUE && nanos - movedNanos >= PATIENCE_NANOS;
    }
}
