package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a server asks of those who have connected to it, over their own connections. For several
 * threads.
 */
public final class PeerCalls {
    /** What becomes of a question. */
    public sealed interface Outcome {
        /**
         * The peer has answered.
         *
         * @param response whatever its code, its body the asker's to keep
         */
        record Answered(Frame response) implements Outcome {}

        /** The peer has not answered in time. */
        record TimeUp() implements Outcome {}

        /**
         * The peer does not take what was sent to it before, or has {@link #MOST_UNANSWERED} to
         * answer, so that it was not asked.
         */
        record NotTaken() implements Outcome {}

        /** The connection is gone. */
        record Lost() implements Outcome {}
    }

    /** Most questions that one peer has not answered yet. */
    public static final int MOST_UNANSWERED = 1_024;

    private final Timers timers;
    private final AtomicInteger lastNumber = new AtomicInteger();

    // By connection and number; what belongs to a connection is changed while its entry is locked.
    private final ConcurrentHashMap<Connection, Map<Integer, CompletableFuture<Outcome>>> calls =
            new ConcurrentHashMap<>();

    public PeerCalls(Timers timers) {
        this.timers = timers;
    }

    /** Has the answers that arrive, and the connections that go, shown to this. */
    public void addTo(RequestTable table) {
        table.onResponse(this::answered).afterClose(this::closed);
    }

    /**
     * @return completed without error, on a thread of the network or of the timers, where what
     *     depends on it must not wait
     */
    public CompletableFuture<Outcome> request(Connection to, Frame request, Duration timeout) {
        if (to.isOpen() && !to.isReading()) {
            return CompletableFuture.completedFuture(new Outcome.NotTaken());
        }
        int number = lastNumber.incrementAndGet();
        CompletableFuture<Outcome> call = new CompletableFuture<>();
        if (!note(to, number, call)) {
            return CompletableFuture.completedFuture(new Outcome.NotTaken());
        }
        Timers.Timer timer =
                timers.after(timeout.toMillis(), () -> call.complete(new Outcome.TimeUp()));
        call.whenComplete((outcome, failure) -> {
            timer.cancel();
            forget(to, number);
        });
        to.send(request.withOpaque(number), Payload.of(request.body()));
        if (!to.isOpen()) { // and maybe was not when it was noted
            call.complete(new Outcome.Lost());
        }
        return call;
    }

    /** Whether there is room for one more. */
    private boolean note(Connection to, int number, CompletableFuture<Outcome> call) {
        Map<Integer, CompletableFuture<Outcome>> all =
                calls.compute(
                        to,
                        (peer, present) -> {
                            Map<Integer, CompletableFuture<Outcome>> unanswered =
                                    present == null ? new ConcurrentHashMap<>() : present;
                            if (unanswered.size() < MOST_UNANSWERED) {
                                unanswered.put(number, call);
                            }
                            return unanswered;
                        });
        return all.get(number) == call;
    }

    private void forget(Connection to, int number) {
        calls.computeIfPresent(
                to,
                (peer, unanswered) -> {
                    unanswered.remove(number);
                    return unanswered.isEmpty() ? null : unanswered;
                });
    }

    private boolean answered(Connection from, Frame response) {
        CompletableFuture<Outcome> call = calls.getOrDefault(from, Map.of()).get(response.opaque());
        return call != null && call.complete(new Outcome.Answered(response.withOwnBody()));
    }

    private void closed(Connection connection) {
        List.copyOf(calls.getOrDefault(connection, Map.of()).values())
                .forEach(call -> call.complete(new Outcome.Lost()));
    }
}
