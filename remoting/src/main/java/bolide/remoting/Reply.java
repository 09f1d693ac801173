package bolide.remoting;

/**
 * Takes the outcome of one request, now or later, from any thread; only the first outcome counts.
 *
 * @param <R> what the handler produces
 */
public interface Reply<R> {
    Caller caller();

    void send(R outcome);

    /** Answers with a refusal that the handler's own outcome has no word for. */
    void fail(Answer refusal);
}
