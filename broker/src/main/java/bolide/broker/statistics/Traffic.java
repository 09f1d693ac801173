package bolide.broker.statistics;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Counts what comes in for each topic and what goes out to each group. Whoever takes or hands out
/// says so; that costs a few additions and makes no object, the first time apart.
public final class Traffic {
    private final LongSupplier nanoClock;
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
        this.nanoClock = nanoClock;
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
        if (ofTopic == null) {
            ofTopic = taken.computeIfAbsent(topic, name -> new Meter(nowMillis()));
        }
        ofTopic.count(messages, bytes);
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
        if (ofGroup == null) {
            ofGroup = meter(topic, group);
        }
        ofGroup.count(messages, bytes);
        allHandedOut.count(messages, bytes);
        found.count(1, 0);
    }

    private Meter meter(String topic, String group) {
        return handedOut
                .computeIfAbsent(topic, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(group, name -> new Meter(nowMillis()));
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
        handedOut.values().removeIf(Map::isEmpty);
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
