package bolide.client.simulated;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** A pool that runs its tasks on the test's own thread, each when its turn comes. */
public final class StepPool extends AbstractExecutorService {
    private final ManualTime time;
    private boolean ended;

    public StepPool(ManualTime time) {
        this.time = time;
    }

    @Override
    public void execute(Runnable task) {
        if (!ended) {
            time.after(0, task);
        }
    }

    @Override
    public void shutdown() {
        ended = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        ended = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return ended;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return ended;
    }
}
