package bolide.remoting;

/**
 * Serves a request on its connection's own thread: never waits, and replies now or later.
 *
 * @param <Q> the request
 * @param <R> the outcome
 */
@FunctionalInterface
public interface InlineHandler<Q, R> {
    void handle(Q request, Reply<R> reply);
}
