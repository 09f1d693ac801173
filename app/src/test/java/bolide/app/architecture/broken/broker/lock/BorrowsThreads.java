package bolide.app.architecture.broken.broker.lock;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Breaks: runs on threads that the JDK keeps for everybody, or waits without a clock to turn.
final class BorrowsThreads {
    CompletableFuture<Void> later(Runnable task) {
        return CompletableFuture.runAsync(task);
    }

    CompletableFuture<Void> then(CompletableFuture<Void> before, Runnable task) {
        return before.thenRunAsync(task);
    }

    CompletableFuture<Void> inTime(CompletableFuture<Void> late) {
        return late.orTimeout(1, TimeUnit.SECONDS);
    }

    long count(Collection<String> names) {
        return names.parallelStream().count();
    }

    Executor pool() {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    void rest() throws InterruptedException {
        Thread.sleep(1);
    }
}
