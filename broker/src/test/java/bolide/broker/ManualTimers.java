package bolide.broker;

import bolide.remoting.Timers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Timers that run when the test says so, on the test's thread.
final class ManualTimers implements Timers {
    private record Due(long atMillis, Runnable task) {}

    private final List<Due> due = new ArrayList<>();
    private long nowMillis;

    /// Whether a task without delay runs before [#after] returns, as on another thread it might.
    volatile boolean atOnce;

    /// What happens somewhere else while the next timer is being set.
    volatile Runnable meanwhile = () -> {};

    @Override
    public Timer after(long delayMillis, Runnable task) {
        Runnable other = meanwhile;
        meanwhile = () -> {};
        other.run();
        if (atOnce && delayMillis <= 0) {
            task.run();
            return () -> {};
        }
        return keep(delayMillis, task);
    }

    private synchronized Timer keep(long delayMillis, Runnable task) {
        Due entry = new Due(nowMillis + Math.max(0, delayMillis), task);
        due.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Due entry) {
        due.remove(entry);
    }

    /// Lets time pass and runs what is due, in order of time.
    void advance(long millis) {
        long end = now() + millis;
        Due next = takeNext(end);
        while (next != null) {
            next.task().run();
            next = takeNext(end);
        }
        setNow(end);
    }

    /// @return how many tasks are still to run
    synchronized int size() {
        return due.size();
    }

    long nowNanos() {
        return now() * 1_000_000;
    }

    private synchronized long now() {
        return nowMillis;
    }

    private synchronized void setNow(long millis) {
        nowMillis = millis;
    }

    private synchronized Due takeNext(long end) {
        Due next =
                due.stream()
                        .filter(entry -> entry.atMillis() <= end)
                        .min(Comparator.comparingLong(Due::atMillis))
                        .orElse(null);
        if (next != null) {
            due.remove(next);
            nowMillis = Math.max(nowMillis, next.atMillis());
        }
        return next;
    }
}
