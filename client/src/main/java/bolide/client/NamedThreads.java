package bolide.client;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Another factory's threads, with names: {@code bolide-client-1} and so on. */
final class NamedThreads implements ThreadFactory {
    private final ThreadFactory threads;
    private final String prefix;
    private final AtomicInteger made = new AtomicInteger();

    NamedThreads(ThreadFactory threads, String prefix) {
        this.threads = threads;
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(prefix + "-" + made.incrementAndGet());
        return thread;
    }
}
