package bolide.store.retention;

import bolide.agent.Agent;
import bolide.protocol.message.RecordView;
import bolide.store.checkpoint.Checkpointer;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.Segment;
import bolide.store.commitlog.Segments;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import bolide.store.file.StorageException;
import bolide.store.file.Volume;
import bolide.store.index.IndexFiles;
import bolide.store.state.StateLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Retires the oldest segments when their time has come or the disk is full. Before one goes, what
/// the state still needs of it is appended again and on stable storage, and a snapshot from behind
/// its end exists: what stays of the log is always enough for all that holds.
public final class Retention implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final RetentionConfig config;
    private final CommitLog log;
    private final Segments segments;
    private final StateLog stateLog;
    private final ConsumeQueues queues;
    private final IndexFiles files;
    private final Checkpointer checkpointer;
    private final InstantSource clock;
    private final DiskUse disk;
    private final RecordView view = new RecordView();
    private volatile Supplier<Map<String, Duration>> topicAges; // null: nothing goes yet

    private Segment retiring; // the oldest one; null when none is on its way out
    private boolean isCarried;
    private long needed; // by whoever comes after it: on stable storage up to here
    private boolean waits;
    private boolean refused; // by the disk, the last time; said once

    public Retention(
            RetentionConfig config,
            Volume volume,
            CommitLog log,
            StateLog stateLog,
            ConsumeQueues queues,
            IndexFiles files,
            Checkpointer checkpointer,
            InstantSource clock) {
        this.config = config;
        this.log = log;
        this.segments = log.segments();
        this.stateLog = stateLog;
        this.queues = queues;
        this.files = files;
        this.checkpointer = checkpointer;
        this.clock = clock;
        this.disk = new DiskUse(volume, config, log.appender());
    }

    /// Begins to retire messages.
    ///
    /// @param ages asked at any time: topics whose messages stay for another time than the rest.
    ///   Those that go earlier are hidden; those that stay longer keep their segments
    public void topicAges(Supplier<Map<String, Duration>> ages) {
        topicAges = ages;
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public boolean step() {
        waits = false;
        try {
            disk.look();
            boolean worked = retiring == null ? look() : retire();
            refused = false;
            return worked;
        } catch (StorageException | StoreRefusal failure) {
            if (!refused && !log.hasFailed()) {
                LOG.warn("cannot retire messages now: {}", failure.getMessage());
            }
            refused = true;
            retiring = null;
            return false;
        }
    }

    @Override
    public long restNanos() {
        return waits ? WAIT_NANOS : EACH_NANOS;
    }

    private boolean look() {
        if (topicAges == null) {
            return false;
        }
        Map<String, Duration> ages = topicAges.get();
        hideOld(ages);
        Segment[] all = segments.all();
        if (all.length < 2 || !isDue(all, ages)) {
            return false;
        }
        retiring = all[0];
        isCarried = false;
        return true;
    }

    private boolean isDue(Segment[] all, Map<String, Duration> ages) {
        if (disk.percent() > config.forcePercent()) {
            return true;
        }
        if (segments.end() - segments.start() > config.bytes()) {
            return true;
        }
        return isTimeOfDay() && isOld(all[1]) && !isKept(all[0].end(), ages);
    }

    private boolean isTimeOfDay() {
        return disk.percent() > config.cleanPercent()
                || config.hour().isEmpty()
                || clock.instant().atZone(config.zone()).getHour() == config.hour().getAsInt();
    }

    /// @return whether the segment begins with a message that is old, so that all before are
    private boolean isOld(Segment segment) {
        RecordView.Found found = view.look(segment.bytes(), 0, segment.bytes().limit());
        return found == RecordView.Found.RECORD && view.storeTimestamp() < agoMillis(config.age());
    }

    private long agoMillis(Duration age) {
        Instant now = clock.instant();
        return now.minus(age).toEpochMilli();
    }

    private boolean isKept(long end, Map<String, Duration> ages) {
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

    private void hideOld(Map<String, Duration> ages) {
        ages.forEach((topic, age) -> {
            long from = agoMillis(age);
            for (ConsumeQueue queue : queues.of(topic)) {
                queue.hideBelow(queue.offsetAt(from, ConsumeQueue.Boundary.LOWER));
            }
        });
    }

    private boolean retire() {
        long end = retiring.end();
        if (checkpointer.position() < end) {
            checkpointer.askFor(end);
            waits = true;
            return false;
        }
        if (!isCarried) {
            stateLog.noteEnds(topicsWithIdleQueues(end));
            needed = stateLog.carry(end);
            isCarried = true;
            return true;
        }
        if (log.flushed().get() < needed) {
            waits = true;
            return false;
        }
        segments.removeFirst();
        files.dropBelow(segments.start());
        LOG.info("retired the messages below position {}", end);
        retiring = null;
        return true;
    }

    private Set<String> topicsWithIdleQueues(long end) {
        Set<String> topics = new LinkedHashSet<>();
        Entry last = new Entry();
        queues.forEach(queue -> {
            long max = queue.maxOffset();
            boolean staysVisible =
                    max == 0
                            || queue.read(max - 1, last)
                                    && !last.isMissing()
                                    && last.position() >= end;
            if (!staysVisible) {
                topics.add(queue.topic());
            }
        });
        return topics;
    }
}
