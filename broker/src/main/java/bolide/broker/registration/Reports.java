package bolide.broker.registration;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Reports to one name server, one after the other: while one is on its way, whatever happens goes
/// into one more behind it. Thousands of new topics would else be told of in as many reports, each
/// with all topics.
final class Reports {
    private final Supplier<CompletableFuture<Void>> report;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private Optional<CompletableFuture<Void>> waiting = Optional.empty();

    /// @param report sends what holds now; what it gives never fails
    Reports(Supplier<CompletableFuture<Void>> report) {
        this.report = report;
    }

    /// Sends a report of what holds now, or of what will hold when the one before has arrived.
    ///
    /// @return completed when it has arrived, or could not
    synchronized CompletableFuture<Void> send() {
        if (waiting.isPresent()) {
            return waiting.get();
        }
        if (running.isDone()) {
            return start();
        }
        CompletableFuture<Void> before = running;
        CompletableFuture<Void> next = before.thenCompose(arrived -> start());
        if (running == before) { // else that has just arrived, and the next is on its way
            waiting = Optional.of(next);
        }
        return next;
    }

    private synchronized CompletableFuture<Void> start() {
        waiting = Optional.empty();
        running = report.get();
        return running;
    }
}
