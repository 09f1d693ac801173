package bolide.app.architecture.broken.app.command;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/// Breaks nothing: app wires the server.
final class MaySupplySeams {
    LongSupplier clock() {
        return System::nanoTime;
    }

    ExecutorService threads() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    }

    Path directory() {
        return Path.of("data");
    }

    void end() {
        System.exit(0);
    }
}
