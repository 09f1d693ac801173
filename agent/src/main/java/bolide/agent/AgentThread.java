package bolide.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Runs one agent: steps while there is work, rests while there is none, until closed. Interrupts
/// mean nothing to it.
public final class AgentThread implements RunningAgent {
    private static final int RUNNING = 0;
    private static final int RESTING = 1;
    private static final int WOKEN = 2;

    private final Agent agent;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private final AtomicInteger state = new AtomicInteger(RUNNING);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean closing;

    /// @param onFailure told what the agent threw; the agent is not stepped again after that
    public AgentThread(Agent agent, ThreadFactory threads, Consumer<Throwable> onFailure) {
        this.agent = agent;
        this.onFailure = onFailure;
        this.thread = threads.newThread(this::run);
        thread.setName(agent.name());
    }

    /// @return gives every agent a thread of its own
    public static AgentRunner runner(ThreadFactory threads) {
        return (agent, onFailure) -> new AgentThread(agent, threads, onFailure).start();
    }

    public AgentThread start() {
        thread.start();
        started = true;
        return this;
    }

    @Override
    public void wake() {
        // Always written, even over WOKEN: the write is what orders the caller's earlier ones,
        // which may be mere releases, before the step that this call asks for.
        if (state.getAndSet(WOKEN) == RESTING) {
            LockSupport.unpark(thread);
        }
    }

    /// Waits for the last step, not for the thread: one that reports its agent's failure may be
    /// what ends the process, and so what waits for this.
    @Override
    public void close() {
        closing = true;
        wake();
        if (!started || Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
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
            stepUntilClosed();
        } catch (Throwable failure) {
            ended.countDown();
            onFailure.accept(failure);
        } finally {
            ended.countDown();
        }
    }

    private void stepUntilClosed() {
        while (!closing) {
            Thread.interrupted(); // else an interrupted thread could not rest any more
            state.getAndSet(RUNNING); // reads the wake-up, and so sees what came before it
            if (!agent.step() && !closing && state.compareAndSet(RUNNING, RESTING)) {
                LockSupport.parkNanos(this, agent.restNanos());
            }
        }
    }
}
