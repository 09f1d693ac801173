package bolide.app.architecture.broken.agent;

import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;

/// Breaks: a simulation could not run this on its own thread.
final class StartsThreads {
    Thread made(Runnable task) {
        return new Thread(task);
    }

    ThreadFactory reference() {
        return Thread::new;
    }

    ThreadFactory virtual() {
        return Thread.ofVirtual().factory();
    }

    ThreadFactory platform() {
        return Thread.ofPlatform().factory();
    }

    Thread started(Runnable task) {
        return Thread.startVirtualThread(task);
    }

    Executor pool() {
        return Executors.newCachedThreadPool();
    }

    Executor common() {
        return ForkJoinPool.commonPool();
    }

    Timer timer() {
        return new Timer();
    }
}
