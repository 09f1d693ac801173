package bolide.client.producer;

import bolide.client.route.Route;
import bolide.protocol.route.MessageQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Which queue a message goes to: each in turn, passing over brokers that could not be reached a
 * moment ago; or always the same for an ordering key. For any thread.
 */
final class QueueChoice {
    private static final long AVOIDED_NANOS = Duration.ofSeconds(5).toNanos();

    private final LongSupplier nanos;
    private final AtomicInteger turn;
    private final Map<String, Long> failedAtNanos = new ConcurrentHashMap<>();

    /**
     * @param first whose turn it is; producers begin with different queues
     */
    QueueChoice(int first, LongSupplier nanos) {
        this.turn = new AtomicInteger(first);
        this.nanos = nanos;
    }

    /**
     * @param route with at least one writable queue
     * @param orderingKey empty: any queue
     * @param triedInVain brokers that have failed this message
     */
    MessageQueue choose(Route route, String orderingKey, Set<String> triedInVain) {
        List<MessageQueue> queues = route.writable();
        if (!orderingKey.isEmpty()) {
            return queues.get(Math.floorMod(spread(orderingKey.hashCode()), queues.size()));
        }
        int from = Math.floorMod(turn.getAndIncrement(), queues.size());
        if (triedInVain.isEmpty() && failedAtNanos.isEmpty()) {
            return queues.get(from);
        }
        long now = nanos.getAsLong();
        int best =
                firstOf(queues, from, name -> !triedInVain.contains(name) && !isAvoided(name, now));
        if (best < 0) {
            best = firstOf(queues, from, name -> !triedInVain.contains(name));
        }
        return queues.get(best < 0 ? from : best);
    }

    /** The broker could not be reached, or has not answered in time. */
    void failed(String brokerName) {
        failedAtNanos.put(brokerName, nanos.getAsLong());
    }

    void answered(String brokerName) {
        if (!failedAtNanos.isEmpty()) {
            failedAtNanos.remove(brokerName);
        }
    }

    private boolean isAvoided(String brokerName, long now) {
        Long failedAt = failedAtNanos.get(brokerName);
        return failedAt != null && now - failedAt < AVOIDED_NANOS;
    }

    private static int firstOf(List<MessageQueue> queues, int from, Predicate<String> isGood) {
        for (int i = 0; i < queues.size(); i++) {
            int at = (from + i) % queues.size();
            if (isGood.test(queues.get(at).brokerName())) {
                return at;
            }
        }
        return -1;
    }

    /** Hash codes of similar texts differ in their last bits only. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }
}
