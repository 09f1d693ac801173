package bolide.cli.load;

import bolide.client.producer.Message;
import bolide.client.producer.Producer;
import bolide.client.producer.SendException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Sends once. At a fixed rate, message number n is due n times the pause after the start, whatever
/// became of those before: its latency counts from then, also when it leaves later.
final class ProduceRun {
    private static final double NANOS = 1e9;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1); // for the last to leave

    private final Producer producer;
    private final String topic;
    private final int size;
    private final int threads;
    private final Extent extent;
    private final OptionalLong rate;
    private final LoadTools tools;
    private final Figures figures = new Figures();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong next = new AtomicLong();
    private final Phaser unanswered = new Phaser(1); // this run is the one
    private final long startMicros;
    private final long startNanos;

    /// @param size bytes of each body, at least 1
    /// @param threads how many send, at least 1
    /// @param rate messages per second; empty: as fast as they are answered
    ProduceRun(
            Producer producer,
            String topic,
            int size,
            int threads,
            Extent extent,
            OptionalLong rate,
            LoadTools tools) {
        this.producer = producer;
        this.topic = topic;
        this.size = size;
        this.threads = threads;
        this.extent = extent;
        this.rate = rate;
        this.tools = tools;
        this.startMicros = Stamp.micros(tools.clock().instant());
        this.startNanos = tools.nanoClock().getAsLong();
    }

    /// @param out takes a line each second
    LoadReport run(PrintWriter out) throws InterruptedException {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            ends.add(ended);
            tools.threads().newThread(() -> send(ended)).start();
        }
        CompletableFuture<Void> all =
                CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        new Progress(out, figures, tools.nanoClock()).await(all, () -> false);
        unanswered.awaitAdvanceInterruptibly(unanswered.arrive());
        rate.ifPresent(this::countUnsent);
        return LoadReport.of(
                "produce", figures, figures.messages(), figures.nanosSince(startNanos));
    }

    private void countUnsent(long perSecond) {
        double wanted = Math.min(extent.messages(), Math.floor(extent.nanos() / NANOS * perSecond));
        long unsent = (long) wanted - sent.get();
        if (unsent > 0) {
            figures.errors()
                    .add(
                            "not sent in time",
                            unsent,
                            "the time was up before messages had left that had been due; the"
                                    + " server, or this machine, is slower than --rate");
        }
    }

    private void send(CompletableFuture<Void> ended) {
        try {
            long number = next.getAndIncrement();
            while (number < extent.messages() && send(number)) {
                number = next.getAndIncrement();
            }
            ended.complete(null);
        } catch (RuntimeException bug) {
            ended.completeExceptionally(bug);
        }
    }

    /// @return whether there was time for it
    private boolean send(long number) {
        long due = due(number);
        if (due - startNanos >= extent.nanos()) {
            return false;
        }
        long now = tools.nanoClock().getAsLong();
        while (now < due) {
            LockSupport.parkNanos(due - now);
            now = tools.nanoClock().getAsLong();
        }
        if (now - startNanos - GRACE_NANOS >= extent.nanos()) {
            return false;
        }
        sent.incrementAndGet();
        unanswered.register();
        CompletableFuture<Void> answered =
                send(due, startMicros + TimeUnit.NANOSECONDS.toMicros(due - startNanos));
        if (rate.isEmpty()) {
            answered.join();
        }
        return true;
    }

    private long due(long number) {
        return rate.isPresent()
                ? startNanos + (long) (number * (NANOS / rate.getAsLong()))
                : tools.nanoClock().getAsLong();
    }

    private CompletableFuture<Void> send(long dueNanos, long dueMicros) {
        return producer.sendAsync(Message.of(topic, Stamp.body(size, dueMicros)))
                .handle((receipt, failure) -> {
                    if (failure == null) {
                        long nanos = tools.nanoClock().getAsLong();
                        figures.add(nanos, nanos - dueNanos);
                    } else {
                        count(failure);
                    }
                    unanswered.arriveAndDeregister();
                    return null;
                });
    }

    private void count(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof SendException known) {
            boolean isAnswered = known.code() != SendException.NO_ANSWER;
            figures.errors()
                    .add(
                            isAnswered ? "refused with code " + known.code() : "not answered",
                            1,
                            known.getMessage());
        } else {
            figures.errors().add("failed", 1, cause.toString());
        }
    }
}
