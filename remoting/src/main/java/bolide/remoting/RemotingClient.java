package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Asks servers and waits for their answers; keeps one connection per address, opened on first use
 * and opened again after it was lost.
 */
public final class RemotingClient implements AutoCloseable {
    private final Network network;
    private final Timers timers;
    private final Executor blocking;
    private final RemotingServer requests;
    private final AtomicInteger lastNumber = new AtomicInteger();
    private final ConcurrentHashMap<String, Link> links = new ConcurrentHashMap<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet(); // and said so
    private volatile boolean closed;

    /**
     * A client that looks hosts up on the thread that asks.
     *
     * @param table serves what servers ask of this side, without any blocking handler
     */
    public RemotingClient(Network network, Timers timers, RequestTable table) {
        this(network, timers, table, Runnable::run);
        if (table.hasBlocking()) {
            throw new IllegalArgumentException("a table with blocking handlers needs an executor");
        }
    }

    /**
     * @param table serves what servers ask of this side
     * @param blocking runs what may wait, each on a thread of its own: the table's blocking
     *     handlers, and looking up hosts
     */
    public RemotingClient(Network network, Timers timers, RequestTable table, Executor blocking) {
        this.network = network;
        this.timers = timers;
        this.blocking = blocking;
        this.requests = new RemotingServer(table, blocking);
    }

    /**
     * @param address {@code host:port}
     * @return the response, whatever its code, its body the caller's to keep; or failed with {@link
     *     NetworkException} when there is no connection, it is lost, or the time is up. Completed
     *     on a thread of the network, where what depends on it must not wait
     */
    public CompletableFuture<Frame> request(String address, Frame request, Duration timeout) {
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        Frame numbered = request.withOpaque(lastNumber.incrementAndGet());
        Timers.Timer timer =
                timers.after(
                        timeout.toMillis(),
                        () -> answer.completeExceptionally(timeUp(address, request, timeout)));
        Link used = hand(address, link -> link.request(numbered, answer));
        if (closed) {
            answer.completeExceptionally(closedClient(address));
        }
        answer.whenComplete((response, failure) -> {
            timer.cancel();
            used.forget(numbered, answer);
        });
        return answer;
    }

    /** Sends without waiting for an answer; a failure is only logged. */
    public void oneWay(String address, Frame request) {
        Frame numbered = request.withOpaque(lastNumber.incrementAndGet()).asOneWay();
        hand(address, link -> link.send(numbered));
    }

    /** Fails what is still waited for and closes the connections; the network stays open. */
    @Override
    public void close() {
        closed = true;
        links.values().forEach(this::endClosed);
    }

    /**
     * @param use returns false when the link has ended before anything was done
     * @return the link that was used; when this client is closed, one that has ended
     */
    private Link hand(String address, Predicate<Link> use) {
        while (true) {
            Link link =
                    links.computeIfAbsent(
                            address, to -> new Link(to, requests, unreachable, this::forget));
            boolean used = use.test(link);
            if (closed) {
                endClosed(link);
                return link;
            }
            if (used) {
                connect(link);
                return link;
            }
        }
    }

    private void connect(Link link) {
        if (link.begin()) {
            try {
                blocking.execute(() -> link.connect(network));
            } catch (RejectedExecutionException ended) {
                link.end(new NetworkException("no connection to " + link.address(), ended));
            }
        }
    }

    private void forget(Link link) {
        links.remove(link.address(), link);
    }

    private void endClosed(Link link) {
        link.end(closedClient(link.address()));
    }

    private static NetworkException closedClient(String address) {
        return new NetworkException("the client of " + address + " is closed");
    }

    private static NetworkException timeUp(String address, Frame request, Duration timeout) {
        return new NetworkException(
                "no answer from "
                        + address
                        + " to request "
                        + request.code()
                        + " within "
                        + timeout.toMillis()
                        + " ms");
    }
}
