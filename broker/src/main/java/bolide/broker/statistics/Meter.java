package bolide.broker.statistics;

import bolide.protocol.statistics.StatisticsData;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// Messages, and their bytes, that went one way: what it came to since the start, and its course
/// over the last day. Striped, so that many threads may count; one notes.
final class Meter {
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final History history;

    /// @param nowMillis by a clock that nobody sets, as all times here
    Meter(long nowMillis) {
        history = new History(new Sample(nowMillis, 0, 0));
    }

    void count(int moreMessages, long moreBytes) {
        messages.add(moreMessages);
        bytes.add(moreBytes);
    }

    long messages() {
        return messages.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    /// What it came to becomes part of its course.
    void note(long nowMillis) {
        history.note(now(nowMillis));
    }

    private Sample now(long nowMillis) {
        return new Sample(nowMillis, messages(), bytes());
    }

    /// @return whether nothing was counted for a day
    boolean isIdle(long nowMillis) {
        return history.isIdle(nowMillis);
    }

    /// @return messages per second of about so long
    double perSecond(Duration over, long nowMillis) {
        Sample from = history.closestTo(over, nowMillis);
        return perSecond(messages() - from.messages(), nowMillis - from.atMillis());
    }

    StatisticsData messageData(long nowMillis) {
        Sample now = now(nowMillis);
        return new StatisticsData(
                messages(history.aMinuteBefore(nowMillis), now),
                messages(history.anHourBefore(nowMillis), now),
                messages(history.aDayBefore(nowMillis), now));
    }

    StatisticsData byteData(long nowMillis) {
        Sample now = now(nowMillis);
        return new StatisticsData(
                bytes(history.aMinuteBefore(nowMillis), now),
                bytes(history.anHourBefore(nowMillis), now),
                bytes(history.aDayBefore(nowMillis), now));
    }

    private static StatisticsData.Span messages(Sample from, Sample to) {
        long sum = to.messages() - from.messages();
        return span(sum, sum, from, to);
    }

    private static StatisticsData.Span bytes(Sample from, Sample to) {
        return span(to.bytes() - from.bytes(), to.messages() - from.messages(), from, to);
    }

    private static StatisticsData.Span span(long sum, long messages, Sample from, Sample to) {
        return new StatisticsData.Span(
                sum,
                perSecond(sum, to.atMillis() - from.atMillis()),
                messages == 0 ? 0 : (double) sum / messages);
    }

    private static double perSecond(long sum, long millis) {
        return millis <= 0 ? 0 : sum * 1000.0 / millis;
    }
}
