package bolide.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// Several threads that do the same.
final class Threads {
    private Threads() {}

    /// @param work gets the number of its thread
    static List<Thread> start(int count, IntConsumer work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(
                    Thread.ofPlatform().name("load-" + number).start(() -> work.accept(number)));
        }
        return threads;
    }

    static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
