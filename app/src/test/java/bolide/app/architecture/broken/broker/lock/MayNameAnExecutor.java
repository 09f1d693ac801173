package bolide.app.architecture.broken.broker.lock;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Breaks nothing: whoever made the executor decides where this runs.
final class MayNameAnExecutor {
    CompletableFuture<Void> later(Runnable task, Executor executor) {
        return CompletableFuture.runAsync(task, executor);
    }
}
