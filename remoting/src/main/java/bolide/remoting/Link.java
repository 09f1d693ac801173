package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A client's way to one address, from the attempt to connect until the connection is lost; after
 * that another takes its place. Used by all threads.
 */
final class Link implements ConnectionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final String address;
    private final ConnectionEvents requests;
    private final Set<String> unreachable;
    private final Consumer<Link> lost;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Map<Integer, CompletableFuture<Frame>> unanswered = new ConcurrentHashMap<>();
    private final Queue<Frame> unsent = new ArrayDeque<>(); // guarded by this, as are changes of:
    private volatile Optional<Connection> connection = Optional.empty();
    private volatile boolean ended;

    /**
     * @param address {@code host:port}
     * @param requests serves what the peer asks of this side
     * @param unreachable addresses of which it was said that they cannot be reached; for several
     *     threads
     * @param lost told once, when nothing can be sent here any more
     */
    Link(String address, ConnectionEvents requests, Set<String> unreachable, Consumer<Link> lost) {
        this.address = address;
        this.requests = requests;
        this.unreachable = unreachable;
        this.lost = lost;
    }

    String address() {
        return address;
    }

    /**
     * @return whether the caller is the first, and is to {@link #connect}
     */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /** Looks the host up, which may take a while, and connects. */
    void connect(Network network) {
        try {
            network.connect(Addresses.resolve(address), CONNECT_TIMEOUT, this)
                    .whenComplete((open, failure) -> {
                        if (failure != null) {
                            end(reasonOf(failure));
                        }
                    });
        } catch (NetworkException unknown) {
            end(unknown);
        }
    }

    /**
     * Sends the request, at once or when the connection is there.
     *
     * @param answer completed with the response, or with the reason why there will be none
     * @return false when the link had ended before anything was done
     */
    boolean request(Frame request, CompletableFuture<Frame> answer) {
        unanswered.put(request.opaque(), answer);
        boolean begun = !ended && send(request);
        return begun || !unanswered.remove(request.opaque(), answer);
    }

    /** The request is no longer waited for. */
    void forget(Frame request, CompletableFuture<Frame> answer) {
        unanswered.remove(request.opaque(), answer);
    }

    /**
     * Sends the frame, at once or when the connection is there; drops it when that is lost.
     *
     * @return false when the link had ended already
     */
    boolean send(Frame frame) {
        if (connection.isEmpty()) {
            synchronized (this) {
                if (connection.isEmpty()) {
                    return !ended && unsent.add(frame);
                }
            }
        }
        connection.get().send(frame, Payload.of(frame.body()));
        return true;
    }

    /** Fails what is unanswered and closes the connection. */
    void end(NetworkException reason) {
        int dropped;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            dropped = unsent.size();
            unsent.clear();
        }
        lost.accept(this);
        if (dropped > 0) {
            LOG.atLevel(unreachable.add(address) ? Level.INFO : Level.DEBUG)
                    .log(
                            dropped == 1
                                    ? "{} request to {} was not sent: {}"
                                    : "{} requests to {} were not sent: {}",
                            dropped,
                            address,
                            reason.getMessage());
        }
        for (Integer number : unanswered.keySet()) {
            CompletableFuture<Frame> answer = unanswered.remove(number);
            if (answer != null) {
                answer.completeExceptionally(reason);
            }
        }
        connection.ifPresent(Connection::close);
    }

    @Override
    public void opened(Connection opened) {
        unreachable.remove(address);
        synchronized (this) {
            if (!ended) {
                unsent.forEach(frame -> opened.send(frame, Payload.of(frame.body())));
                unsent.clear();
                connection = Optional.of(opened);
            }
        }
        requests.opened(opened);
        if (ended) {
            opened.close();
        }
    }

    @Override
    public void received(Connection from, Frame frame) {
        if (!frame.isResponse()) {
            requests.received(from, frame);
            return;
        }
        CompletableFuture<Frame> answer = unanswered.remove(frame.opaque());
        if (answer == null) {
            LOG.debug("{}: nobody waits any more for response {}", address, frame.opaque());
        } else {
            answer.complete(frame.withOwnBody());
        }
    }

    @Override
    public void receivedTooLong(Connection from, Frame head, int bodyBytes) {
        if (!head.isResponse()) {
            requests.receivedTooLong(from, head, bodyBytes);
            return;
        }
        CompletableFuture<Frame> answer = unanswered.remove(head.opaque());
        if (answer != null) {
            answer.completeExceptionally(
                    new NetworkException(
                            address
                                    + " answered with "
                                    + bodyBytes
                                    + " bytes, more than is accepted; ask for less at a time"));
        }
    }

    @Override
    public void passEnded(Connection from) {
        requests.passEnded(from);
    }

    @Override
    public void closed(Connection gone) {
        end(new NetworkException("the connection to " + address + " was lost"));
        requests.closed(gone);
    }

    private NetworkException reasonOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof NetworkException known
                ? known
                : new NetworkException("no connection to " + address + ": " + cause, cause);
    }
}
