package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
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

        /** The peer does not take what was sent to it before, so that it was not asked. */
        record NotTaken() implements Outcome {}

        /** The connection is gone. */
        record Lost() implements Outcome {}
    }

    private record Call(Connection to, CompletableFuture<Outcome> outcome) {}

    private final Timers timers;
    private final AtomicInteger lastNumber = new AtomicInteger();
    private final Map<Integer, Call> calls = new ConcurrentHashMap<>();

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
        Call call = new Call(to, new CompletableFuture<>());
        calls.put(number, call);
        Timers.Timer timer =
                timers.after(
                        timeout.toMillis(), () -> call.outcome().complete(new Outcome.TimeUp()));
        call.outcome()
                .whenComplete((outcome, failure) -> {
                    timer.cancel();
                    calls.remove(number);
                });
        to.send(request.withOpaque(number), Payload.of(request.body()));
        if (!to.isOpen()) { // and maybe was not when it was noted
            call.outcome().complete(new Outcome.Lost());
        }
        return call.outcome();
    }

    private boolean answered(Connection from, Frame response) {
        Call call = calls.get(response.opaque());
        if (call == null || call.to() != from) {
            return false;
        }
        return call.outcome()
                .complete(new Outcome.Answered(response.withBody(copyOf(response.body()))));
    }

    private void closed(Connection connection) {
        for (Call call : calls.values()) {
            if (call.to() == connection) {
                call.outcome().complete(new Outcome.Lost());
            }
        }
    }

    private static ByteBuffer copyOf(ByteBuffer body) {
        return ByteBuffer.allocate(body.remaining()).put(body.duplicate()).flip();
    }
}
