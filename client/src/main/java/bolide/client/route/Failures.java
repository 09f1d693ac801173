package bolide.client.route;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why a future failed, without what futures wrap around it. */
public final class Failures {
    private Failures() {}

    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
