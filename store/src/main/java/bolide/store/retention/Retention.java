package bolide.store.retention;

import bolide.agent.Agent;
import bolide.store.checkpoint.Checkpointer;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.Segment;
import bolide.store.commitlog.Segments;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import bolide.store.file.StorageException;
import bolide.store.file.Volume;
import bolide.store.index.IndexFiles;
import bolide.store.state.StateLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Retires the oldest segments when their time has come or the disk is full. Before one goes, what
/// the state still needs of it is appended again and on stable storage: what stays of the log is
/// always enough for all that holds. A snapshot from behind its end exists by then, too, unless the
/// disk refuses it.
///
/// On a full disk one goes after the other only as the room of the one before shows.
public final class Retention implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int FIRST_LOOKS = 2;
    private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(1); // between the first looks
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long AWAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final RetentionConfig config;
    private final CommitLog log;
    private final Segments segments;
    private final StateLog stateLog;
    private final ConsumeQueues queues;
    private final IndexFiles files;
    private final Checkpointer checkpointer;
    private final LongSupplier dispatched;
    private final Ages ages;
    private final DiskUse disk;
    private final FreedRoom freed;
    private final Reserve reserve;
    private volatile Supplier<Map<String, Duration>> topicAges; // null: nothing goes yet
    private volatile boolean isAnyHour; // once, as somebody has asked for it

    private Segment retiring; // the oldest one; null when none is on its way out
    private boolean isCarried;
    private long needed; // by whoever comes after it: on stable storage up to here
    private boolean waits;
    private int looks; // up to FIRST_LOOKS
    private boolean refused; // by the disk, the last time; said once

    /// @param dispatched the position up to which queues know the log
    /// @param clock the time that messages were stored with
    /// @param nanoClock a clock that nobody sets
    public Retention(
            RetentionConfig config,
            Volume volume,
            Reserve reserve,
            CommitLog log,
            StateLog stateLog,
            ConsumeQueues queues,
            IndexFiles files,
            Checkpointer checkpointer,
            LongSupplier dispatched,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.config = config;
        this.log = log;
        this.segments = log.segments();
        this.stateLog = stateLog;
        this.queues = queues;
        this.files = files;
        this.checkpointer = checkpointer;
        this.dispatched = dispatched;
        this.ages = new Ages(config, log, queues, clock);
        this.disk = new DiskUse(volume, config, log.appender());
        this.freed = new FreedRoom(nanoClock);
        this.reserve = reserve;
    }

    /// Begins to retire messages.
    ///
    /// @param asked at any time: topics whose messages stay for another time than the rest. Those
    ///   that go earlier are hidden; those that stay longer keep their segments
    public void topicAges(Supplier<Map<String, Duration>> asked) {
        topicAges = asked;
    }

    /// The next look takes any hour for the one in which messages go for their age; whoever calls
    /// wakes this agent.
    public void lookNow() {
        isAnyHour = true;
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
            boolean worked = queues.mending(() -> retiring == null ? look() : retire());
            refused &= retiring != null; // until it has gone
            return worked;
        } catch (StoreRefusal noRoom) {
            return !log.hasFailed() && reserve.giveUp() || giveUp(noRoom);
        } catch (StorageException failure) {
            return giveUp(failure);
        }
    }

    private boolean giveUp(RuntimeException failure) {
        if (!refused && !log.hasFailed()) {
            LOG.warn("cannot retire messages now: {}", failure.getMessage());
        }
        refused = true;
        retiring = null;
        return false;
    }

    @Override
    public long restNanos() {
        if (waits) {
            return WAIT_NANOS;
        }
        if (disk.isForcing() && isRoomAwaited()) {
            return AWAIT_NANOS;
        }
        return looks < FIRST_LOOKS ? YOUNG_NANOS : EACH_NANOS;
    }

    private boolean look() {
        holdBack();
        if (topicAges == null) {
            return false;
        }
        Map<String, Duration> now = topicAges.get();
        ages.hideOld(now);
        Segment[] all = segments.all();
        if (all.length < 2 || !isDue(all, now)) {
            isAnyHour = false; // what was due has gone
            return false;
        }
        retiring = all[0];
        isCarried = false;
        return true;
    }

    /// Early, for a disk may be filled by others at any time, and only what is held back lets it
    /// heal; but not at the first look: a start's first syncs are not to wait for it.
    private void holdBack() {
        looks = Math.min(looks + 1, FIRST_LOOKS);
        if (looks == FIRST_LOOKS
                && !reserve.isHeld()
                && (!disk.isForcing() || reserve.fitsInto(disk.usable()))) {
            reserve.hold();
        }
    }

    private boolean isDue(Segment[] all, Map<String, Duration> now) {
        if (disk.isForcing() && !isRoomAwaited()) {
            return true;
        }
        if (segments.end() - segments.start() > config.bytes()) {
            return true;
        }
        return (disk.percent() > config.cleanPercent() || isAnyHour || ages.isTimeOfDay())
                && ages.isFirstOld(all)
                && !ages.isKept(all[0].end(), now);
    }

    private boolean isRoomAwaited() {
        return freed.isAwaited(disk.usable(), log.appended().get());
    }

    private boolean retire() {
        long end = retiring.end();
        if (checkpointer.position() < end && !mayGoWithoutSnapshot(end)) {
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
        freed.await(end - retiring.start(), disk.usable(), log.appended().get());
        LOG.info("retired the messages below position {}", end);
        retiring = null;
        files.dropBelow(segments.start());
        return true;
    }

    /// A disk without room for a snapshot gets none before a segment goes. What stays of the log
    /// says it all without; the next start only reads more of it.
    private boolean mayGoWithoutSnapshot(long end) {
        if (!checkpointer.isRefused()) {
            return false;
        }
        boolean isDispatched = dispatched.getAsLong() >= end;
        if (!isDispatched) { // for the index file that the dispatcher waits for
            reserve.giveUp();
        }
        return isDispatched;
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
