package bolide.store.commitlog;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The first thing that went wrong with a log. It is final: nothing is taken or acknowledged after
/// it. Noted at once, under whatever locks; told later, when none is held, because whoever is told
/// may close the store.
final class Failure {
    private final Consumer<Throwable> onFailure;
    private final AtomicReference<Throwable> first = new AtomicReference<>();
    private final AtomicBoolean told = new AtomicBoolean();

    /// @param onFailure told once
    Failure(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    void note(Throwable failure) {
        first.compareAndSet(null, failure);
    }

    boolean isNoted() {
        return first.get() != null;
    }

    /// Tells what was noted, unless that has been done. Without effect when nothing was.
    void tell() {
        Throwable failure = first.get();
        if (failure != null && told.compareAndSet(false, true)) {
            onFailure.accept(failure);
        }
    }

    /// @throws StoreRefusal when a failure was noted
    void check() {
        Throwable failure = first.get();
        if (failure != null) {
            throw new StoreRefusal(
                    "the log has failed and takes no more until the server is restarted: "
                            + failure.getMessage());
        }
    }
}
