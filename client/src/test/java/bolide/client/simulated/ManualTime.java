package bolide.client.simulated;

import bolide.remoting.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Clocks that a test moves, and timers that go by them on the test's own thread. */
public final class ManualTime implements InstantSource, LongSupplier, Timers {
    private record Waiting(long atNanos, long order, Runnable task) {}

    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(
                    Comparator.comparingLong(Waiting::atNanos).thenComparingLong(Waiting::order));
    private final Instant start = Instant.parse("2026-11-21T08:00:00Z");
    private long nowNanos = 7;
    private long ordered;

    @Override
    public Instant instant() {
        return start.plusNanos(nowNanos);
    }

    @Override
    public long getAsLong() {
        return nowNanos;
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
        long at = nowNanos + Duration.ofMillis(Math.max(0, delayMillis)).toNanos();
        Waiting entry = new Waiting(at, ordered++, task);
        waiting.add(entry);
        return () -> waiting.remove(entry);
    }

    /** Lets time pass and runs what falls due on the way. */
    public void pass(Duration time) {
        long end = nowNanos + time.toNanos();
        while (!waiting.isEmpty() && waiting.peek().atNanos() <= end) {
            Waiting due = waiting.remove();
            nowNanos = due.atNanos();
            due.task().run();
        }
        nowNanos = end;
    }

    public void passMillis(long millis) {
        pass(Duration.ofMillis(millis));
    }

    /**
     * Lets time pass until something is so.
     *
     * @return how many milliseconds that took
     * @throws AssertionError when it is not so in time
     */
    public long passUntil(BooleanSupplier isSo, Duration atMost) {
        long from = nowNanos;
        long end = from + atMost.toNanos();
        while (!isSo.getAsBoolean()) {
            if (waiting.isEmpty() || waiting.peek().atNanos() > end) {
                throw new AssertionError("not so within " + atMost);
            }
            Waiting due = waiting.remove();
            nowNanos = due.atNanos();
            due.task().run();
        }
        return Duration.ofNanos(nowNanos - from).toMillis();
    }
}
