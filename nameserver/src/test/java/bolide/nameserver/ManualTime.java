package bolide.nameserver;

import bolide.remoting.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/// A monotonic clock that a test moves, and timers that go by it.
public final class ManualTime implements LongSupplier, Timers {
    private record Waiting(long atNanos, long order, Runnable task) {}

    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(
                    Comparator.comparingLong(Waiting::atNanos).thenComparingLong(Waiting::order));
    private long nowNanos = 1_000_000_007;
    private long ordered;

    @Override
    public long getAsLong() {
        return nowNanos;
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
        Waiting entry =
                new Waiting(nowNanos + Duration.ofMillis(delayMillis).toNanos(), ordered++, task);
        waiting.add(entry);
        return () -> waiting.remove(entry);
    }

    /// Lets time pass and runs what falls due on the way.
    public void pass(Duration time) {
        long end = nowNanos + time.toNanos();
        while (!waiting.isEmpty() && waiting.peek().atNanos() <= end) {
            Waiting due = waiting.remove();
            nowNanos = due.atNanos();
            due.task().run();
        }
        nowNanos = end;
    }

    public boolean isIdle() {
        return waiting.isEmpty();
    }
}
