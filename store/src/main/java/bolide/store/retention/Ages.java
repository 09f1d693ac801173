package bolide.store.retention;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.RecordCheck;
import bolide.store.commitlog.Segment;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// How old messages are, and what topics say about that.
final class Ages {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final RetentionConfig config;
    private final CommitLog log;
    private final ConsumeQueues queues;
    private final InstantSource clock;
    private final RecordView view = new RecordView();
    private long knownStart = -1; // the segment whose first time was found last
    private long knownTime;

    Ages(RetentionConfig config, CommitLog log, ConsumeQueues queues, InstantSource clock) {
        this.config = config;
        this.log = log;
        this.queues = queues;
        this.clock = clock;
    }

    boolean isTimeOfDay() {
        return config.hour().isEmpty()
                || clock.instant().atZone(config.zone()).getHour() == config.hour().getAsInt();
    }

    /// @param all segments
    /// @return whether everything in the first one is old: what comes behind it begins with a
    ///   message that is
    boolean isFirstOld(Segment[] all) {
        for (int i = 1; i < all.length; i++) {
            long time = firstTime(all[i]);
            if (time != UNKNOWN) {
                return time < agoMillis(config.age());
            }
        }
        return false;
    }

    /// @return the store time of the segment's first record that can be read
    private long firstTime(Segment segment) {
        if (knownStart == segment.start()) {
            return knownTime;
        }
        int limit = (int) Math.min(log.flushed().get() - segment.start(), segment.bytes().limit());
        for (int at = 0; at < limit; at++) { // behind damage every place is tried
            if (isWhole(segment, at, limit)) {
                return know(segment, view.storeTimestamp());
            }
        }
        return log.flushed().get() < segment.end() ? UNKNOWN : know(segment, UNKNOWN);
    }

    private boolean isWhole(Segment segment, int at, int limit) {
        return view.look(segment.bytes(), at, limit) == RecordView.Found.RECORD
                && RecordCheck.damage(
                                view, segment.bytes(), at + view.totalSize(), segment.start() + at)
                        .isEmpty();
    }

    private long know(Segment segment, long time) {
        knownStart = segment.start();
        knownTime = time;
        return time;
    }

    private long agoMillis(Duration age) {
        return clock.instant().minus(age).toEpochMilli();
    }

    /// @param ages of the topics that have one of their own
    /// @return whether a topic keeps a message below that position for longer than the rest
    boolean isKept(long end, Map<String, Duration> ages) {
        Entry entry = new Entry();
        for (Map.Entry<String, Duration> age : ages.entrySet()) {
            if (age.getValue().compareTo(config.age()) > 0) {
                long from = agoMillis(age.getValue());
                for (ConsumeQueue queue : queues.of(age.getKey())) {
                    long first = queue.offsetAt(from, ConsumeQueue.Boundary.LOWER);
                    if (queue.read(first, entry) && !entry.isMissing() && entry.position() < end) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// @param ages of the topics that have one of their own
    void hideOld(Map<String, Duration> ages) {
        ages.forEach((topic, age) -> {
            long from = agoMillis(age);
            for (ConsumeQueue queue : queues.of(topic)) {
                queue.hideBelow(queue.offsetAt(from, ConsumeQueue.Boundary.LOWER));
            }
        });
    }
}
