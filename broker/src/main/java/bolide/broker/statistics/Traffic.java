package bolide.broker.statistics;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what comes in for each topic and what goes out to each group. Whoever takes or hands out
/// says so; that costs a few additions and makes no object, the first time apart. What is counted
/// one by one is bounded: beyond that there are only the totals.
public final class Traffic {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
    private static final int MOST_METERS = 100_000;

    private final LongSupplier nanoClock;
    private final int mostMeters;
    private final AtomicInteger meters = new AtomicInteger(); // of topics, and of their groups
    private final AtomicBoolean overflowing = new AtomicBoolean(); // and said so
    private final Map<String, Meter> taken = new ConcurrentHashMap<>(); // by topic
    private final Map<String, Map<String, Meter>> handedOut =
            new ConcurrentHashMap<>(); // by topic, then by group
    private final Meter allTaken;
    private final Meter refused;
    private final Meter allHandedOut;
    private final Meter found;
    private final Meter missed;

    /// @param nanoClock a clock that nobody sets
    public Traffic(LongSupplier nanoClock) {
        this(nanoClock, MOST_METERS);
    }

    Traffic(LongSupplier nanoClock, int mostMeters) {
        this.nanoClock = nanoClock;
        this.mostMeters = mostMeters;
        long now = nowMillis();
        this.allTaken = new Meter(now);
        this.refused = new Meter(now);
        this.allHandedOut = new Meter(now);
        this.found = new Meter(now);
        this.missed = new Meter(now);
    }

    /// A request brought messages, which are to be stored.
    public void taken(String topic, int messages, long bytes) {
        Meter ofTopic = taken.get(topic);
        if (ofTopic == null && hasRoom()) {
            ofTopic = taken.computeIfAbsent(topic, name -> newMeter());
        }
        if (ofTopic != null) {
            ofTopic.count(messages, bytes);
        }
        allTaken.count(messages, bytes);
    }

    /// A request's messages were not taken.
    public void refused() {
        refused.count(1, 0);
    }

    /// A pull is answered with messages.
    public void handedOut(String topic, String group, int messages, long bytes) {
        Map<String, Meter> ofTopic = handedOut.get(topic);
        Meter ofGroup = ofTopic == null ? null : ofTopic.get(group);
        if (ofGroup == null && hasRoom()) {
            ofGroup = meter(topic, group);
        }
        if (ofGroup != null) {
            ofGroup.count(messages, bytes);
        }
        allHandedOut.count(messages, bytes);
        found.count(1, 0);
    }

    private Meter meter(String topic, String group) {
        return handedOut
                .computeIfAbsent(topic, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(group, name -> newMeter());
    }

    private Meter newMeter() {
        meters.incrementAndGet();
        return new Meter(nowMillis());
    }

    private boolean hasRoom() {
        if (meters.get() < mostMeters) {
            return true;
        }
        if (!overflowing.get() && overflowing.compareAndSet(false, true)) {
            LOG.warn(
                    "{} topics, and groups of topics, are counted one by one, which is the limit;"
                            + " others count in the broker's totals only until some are deleted or"
                            + " idle for a day",
                    mostMeters);
        }
        return false;
    }

    /// Forgets what was counted for topics and groups that are no more.
    public void keep(Predicate<String> topics, Predicate<String> groups) {
        taken.keySet().removeIf(topics.negate());
        handedOut.keySet().removeIf(topics.negate());
        handedOut.values().forEach(ofTopic -> ofTopic.keySet().removeIf(groups.negate()));
        recount();
    }

    /// Whoever counts something new at this moment may be missed until the next time.
    private void recount() {
        handedOut.values().removeIf(Map::isEmpty);
        int left = taken.size() + handedOut.values().stream().mapToInt(Map::size).sum();
        meters.set(left);
        if (left < mostMeters) {
            overflowing.set(false);
        }
    }

    /// A pull is answered without messages.
    public void missed() {
        missed.count(1, 0);
    }

    /// All that was counted becomes part of the course; what did not change for a day is forgotten.
    public void note() {
        long now = nowMillis();
        for (Meter meter : new Meter[] {allTaken, refused, allHandedOut, found, missed}) {
            meter.note(now);
        }
        note(taken, now);
        handedOut.values().forEach(groups -> note(groups, now));
        recount();
    }

    private static void note(Map<String, Meter> meters, long now) {
        meters.values().forEach(meter -> meter.note(now));
        meters.values().removeIf(meter -> meter.isIdle(now));
    }

    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong());
    }

    Optional<Meter> ofTopic(String topic) {
        return Optional.ofNullable(taken.get(topic));
    }

    Optional<Meter> ofGroup(String topic, String group) {
        return Optional.ofNullable(handedOut.getOrDefault(topic, Map.of()).get(group));
    }

    Meter allTaken() {
        return allTaken;
    }

    /// @return requests whose messages were not taken
    Meter allRefused() {
        return refused;
    }

    Meter allHandedOut() {
        return allHandedOut;
    }

    /// @return pulls that brought messages
    Meter pullsFound() {
        return found;
    }

    /// @return pulls that brought none
    Meter pullsMissed() {
        return missed;
    }
}
