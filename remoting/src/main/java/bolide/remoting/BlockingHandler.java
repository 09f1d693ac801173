package bolide.remoting;

/**
 * Serves a request on a thread of its own, where it may wait.
 *
 * @param <Q> the request
 * @param <R> the outcome
 */
@FunctionalInterface
public interface BlockingHandler<Q, R> {
    R handle(Q request, Caller caller);
}
