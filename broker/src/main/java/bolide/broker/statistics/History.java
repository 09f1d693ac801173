package bolide.broker.statistics;

import java.time.Duration;
import java.util.ArrayDeque;

/// What a total came to in the course of the last day: every sample of the last minute, of the hour
/// before only one in ten minutes, and of the day before that one in an hour. Guarded by itself.
final class History {
    private static final int FEW = 2; // most totals do not change for long

    /// The samples of one stretch of time, and the one before, from which the first period counts.
    private static final class Window {
        private final long reachMillis;
        private final long stepMillis;
        private final ArrayDeque<Sample> samples = new ArrayDeque<>(FEW);

        private Window(Duration reach, Duration step, Sample first) {
            reachMillis = reach.toMillis();
            stepMillis = step.toMillis();
            samples.add(first);
        }

        private void note(Sample sample) {
            if (sample.atMillis() - samples.getLast().atMillis() < stepMillis) {
                return;
            }
            samples.add(sample);
            while (samples.size() > 1 && sample.atMillis() - second().atMillis() >= reachMillis) {
                samples.removeFirst();
            }
        }

        private Sample second() {
            Sample first = samples.removeFirst();
            Sample second = samples.getFirst();
            samples.addFirst(first);
            return second;
        }

        /// @return the oldest sample that is not older than the window reaches; the newest one when
        ///   all are
        private Sample first(long nowMillis) {
            for (Sample sample : samples) {
                if (nowMillis - sample.atMillis() <= reachMillis) {
                    return sample;
                }
            }
            return samples.getLast();
        }
    }

    private final Window minute;
    private final Window hour;
    private final Window day;
    private Sample lastChange;

    /// @param first when the total began
    History(Sample first) {
        minute = new Window(Duration.ofMinutes(1), Duration.ZERO, first);
        hour = new Window(Duration.ofHours(1), Duration.ofMinutes(10), first);
        day = new Window(Duration.ofDays(1), Duration.ofHours(1), first);
        lastChange = first;
    }

    synchronized void note(Sample sample) {
        minute.note(sample);
        hour.note(sample);
        day.note(sample);
        if (sample.messages() != lastChange.messages()) {
            lastChange = sample;
        }
    }

    synchronized Sample aMinuteBefore(long nowMillis) {
        return minute.first(nowMillis);
    }

    synchronized Sample anHourBefore(long nowMillis) {
        return hour.first(nowMillis);
    }

    synchronized Sample aDayBefore(long nowMillis) {
        return day.first(nowMillis);
    }

    /// @return the sample whose age comes closest to that
    synchronized Sample closestTo(Duration age, long nowMillis) {
        Sample closest = day.samples.getFirst();
        for (Window window : new Window[] {hour, minute}) {
            for (Sample sample : window.samples) {
                long wanted = nowMillis - age.toMillis();
                if (Math.abs(sample.atMillis() - wanted) <= Math.abs(closest.atMillis() - wanted)) {
                    closest = sample;
                }
            }
        }
        return closest;
    }

    /// @return whether nothing has changed for longer than this remembers
    synchronized boolean isIdle(long nowMillis) {
        return nowMillis - lastChange.atMillis() > day.reachMillis;
    }
}
