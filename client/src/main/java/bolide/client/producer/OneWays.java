package bolide.client.producer;

import bolide.protocol.frame.Frame;
import bolide.remoting.RemotingClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends messages that nobody answers, and yet knows how many are on their way: every now and then
 * one of them is sent to be answered, and the answer says that the broker has read all before it.
 * For any thread.
 */
final class OneWays {
    private static final int MESSAGES = 16; // unanswered ones to a broker before one is answered
    private static final int COST = 1024 * 1024; // bytes of them

    /**
     * What is on its way to one broker without an answer to come.
     *
     * @param messages how many messages
     * @param cost what they count for together
     */
    private record Owed(int messages, int cost) {
        static final Owed NONE = new Owed(0, 0);

        Owed plus(int more) {
            return new Owed(messages + 1, cost + more);
        }

        boolean isDue() {
            return messages >= MESSAGES || cost >= COST;
        }
    }

    private final RemotingClient remoting;
    private final InFlight inFlight;
    private final Duration timeout;
    private final Map<String, Owed> owed = new HashMap<>(); // by address; guarded by this

    OneWays(RemotingClient remoting, InFlight inFlight, Duration timeout) {
        this.remoting = remoting;
        this.inFlight = inFlight;
        this.timeout = timeout;
    }

    /**
     * @param cost what the message has entered {@link InFlight} with, and will leave it with
     */
    synchronized void send(String address, Frame request, int cost) {
        Owed now = owed.getOrDefault(address, Owed.NONE).plus(cost);
        if (now.isDue()) {
            owed.remove(address);
            remoting.request(address, request, timeout)
                    .whenComplete((answer, failure) -> inFlight.leave(now.messages(), now.cost()));
        } else {
            owed.put(address, now);
            remoting.oneWay(address, request);
        }
    }

    /** Waits for nothing any more. */
    synchronized void settle() {
        owed.values().forEach(one -> inFlight.leave(one.messages(), one.cost()));
        owed.clear();
    }
}
