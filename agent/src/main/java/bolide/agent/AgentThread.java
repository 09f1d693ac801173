package bolide.agent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Runs one agent: steps while there is work, rests while there is none, until closed.
public final class AgentThread implements AutoCloseable {
    private static final int RUNNING = 0;
    private static final int RESTING = 1;
    private static final int WOKEN = 2;

    private final Agent agent;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private final AtomicInteger state = new AtomicInteger(RUNNING);
    private volatile boolean closing;

    /// @param onFailure told what the agent threw; the agent is not stepped again after that
    public AgentThread(Agent agent, ThreadFactory threads, Consumer<Throwable> onFailure) {
        this.agent = agent;
        this.onFailure = onFailure;
        this.thread = threads.newThread(this::run);
        thread.setName(agent.name());
    }

    public AgentThread start() {
        thread.start();
        return this;
    }

    /// Ends the agent's rest, or prevents the next one: it steps once more after this call.
    public void wake() {
        if (state.get() != WOKEN && state.getAndSet(WOKEN) == RESTING) {
            LockSupport.unpark(thread);
        }
    }

    /// Stops after the present step and waits for it; without effect on the agent's own thread.
    @Override
    public void close() {
        closing = true;
        wake();
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException remembered) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                state.set(RUNNING);
                if (!agent.step() && !closing && state.compareAndSet(RUNNING, RESTING)) {
                    LockSupport.parkNanos(this, agent.restNanos());
                }
            }
        } catch (Throwable failure) {
            onFailure.accept(failure);
        }
    }
}
