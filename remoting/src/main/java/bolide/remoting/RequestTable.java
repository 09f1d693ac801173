package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Which request code is served by what: one line per code, and the verb of the line says on which
 * thread. Filled before the first connection, read-only afterwards.
 */
public final class RequestTable {
    /** One line of the table; exactly one of the two handlers stands in it. */
    sealed interface Entry<Q, R> {
        Function<Frame, Q> decode();

        Function<R, Answer> encode();

        record Inline<Q, R>(
                Function<Frame, Q> decode, InlineHandler<Q, R> handler, Function<R, Answer> encode)
                implements Entry<Q, R> {}

        record Blocking<Q, R>(
                Function<Frame, Q> decode,
                BlockingHandler<Q, R> handler,
                Function<R, Answer> encode)
                implements Entry<Q, R> {}
    }

    private static final int FEW_CODES = 512; // nearly all codes are below

    private final SortedMap<Integer, Entry<?, ?>> entries = new TreeMap<>();
    private final Entry<?, ?>[] byCode = new Entry<?, ?>[FEW_CODES]; // the lower ones once more
    private final List<Runnable> passEnds = new ArrayList<>();
    private final List<Consumer<Connection>> closes = new ArrayList<>();
    private final List<BiPredicate<Connection, Frame>> responses = new ArrayList<>();

    /** A request served on its connection's thread. */
    public <Q, R> RequestTable inline(
            int code,
            Function<Frame, Q> decode,
            InlineHandler<Q, R> handler,
            Function<R, Answer> encode) {
        return add(code, new Entry.Inline<>(decode, handler, encode));
    }

    /** A request served on a thread of its own. */
    public <Q, R> RequestTable blocking(
            int code,
            Function<Frame, Q> decode,
            BlockingHandler<Q, R> handler,
            Function<R, Answer> encode) {
        return add(code, new Entry.Blocking<>(decode, handler, encode));
    }

    /**
     * Run on a connection's thread whenever all requests that had arrived have been handed over.
     */
    public RequestTable afterPass(Runnable action) {
        passEnds.add(action);
        return this;
    }

    /** Run once for every connection that is gone. */
    public RequestTable afterClose(Consumer<Connection> action) {
        closes.add(action);
        return this;
    }

    /**
     * Shown each response that arrives, until one of them says that it was waited for; a response's
     * body is good only for that long.
     */
    public RequestTable onResponse(BiPredicate<Connection, Frame> action) {
        responses.add(action);
        return this;
    }

    private RequestTable add(int code, Entry<?, ?> entry) {
        if (entries.putIfAbsent(code, entry) != null) {
            throw new IllegalArgumentException("request code " + code + " is in the table already");
        }
        if (code >= 0 && code < FEW_CODES) {
            byCode[code] = entry;
        }
        return this;
    }

    /**
     * @return the code's line; empty when there is none
     */
    Optional<Entry<?, ?>> entry(int code) {
        return Optional.ofNullable(
                code >= 0 && code < FEW_CODES ? byCode[code] : entries.get(code));
    }

    /**
     * @return whether any request is served on a thread of its own
     */
    boolean hasBlocking() {
        return entries.values().stream().anyMatch(Entry.Blocking.class::isInstance);
    }

    List<Runnable> passEnds() {
        return passEnds;
    }

    List<Consumer<Connection>> closes() {
        return closes;
    }

    /**
     * @return whether somebody waited for the response
     */
    boolean isAwaited(Connection from, Frame response) {
        for (BiPredicate<Connection, Frame> action : responses) {
            if (action.test(from, response)) {
                return true;
            }
        }
        return false;
    }
}
