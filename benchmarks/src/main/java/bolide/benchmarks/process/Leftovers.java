package bolide.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// What must not outlive this process, however it is asked to end: the processes of a measurement,
/// and the folders that they write to. One hook sees to all of it, since the JVM runs its hooks at
/// the same time, and a folder is not empty for long while somebody writes to it.
///
/// Owner: whoever holds the lock.
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 10;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Set<Process> PROCESSES = new LinkedHashSet<>();
    private static final Set<Path> FOLDERS = new LinkedHashSet<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::remove, "leftovers"));
    }

    private Leftovers() {}

    /// Starts a process that is killed if it still runs when this one ends.
    public static Process start(ProcessBuilder builder) throws IOException {
        LOCK.lock();
        try {
            Process process = builder.start();
            PROCESSES.add(process);
            return process;
        } finally {
            LOCK.unlock();
        }
    }

    /// Says of a process that it has ended.
    public static void ended(Process process) {
        LOCK.lock();
        try {
            PROCESSES.remove(process);
        } finally {
            LOCK.unlock();
        }
    }

    /// @return a new folder, which is deleted if it is still there when this process ends
    static Path folder(Path parent, String prefix) throws IOException {
        LOCK.lock();
        try {
            Path folder = Files.createTempDirectory(parent, prefix).toRealPath();
            FOLDERS.add(folder);
            return folder;
        } finally {
            LOCK.unlock();
        }
    }

    /// Says of a folder that it has been deleted.
    static void deleted(Path folder) {
        LOCK.lock();
        try {
            FOLDERS.remove(folder);
        } finally {
            LOCK.unlock();
        }
    }

    private static void remove() {
        // For good: a measurement that goes on meanwhile starts nothing and says nothing.
        LOCK.lock();
        PROCESSES.forEach(Process::destroyForcibly);
        PROCESSES.forEach(Leftovers::awaitEnd);
        FOLDERS.forEach(Leftovers::delete);
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// More than once: a thread of this process may make one more file.
    private static void delete(Path folder) {
        for (int left = ATTEMPTS - 1; left >= 0; left--) {
            try {
                Folders.delete(folder);
                return;
            } catch (IOException failed) {
                if (left == 0) {
                    System.err.println(
                            "bolide: " + folder + " is left, delete it: " + Problem.of(failed));
                }
            }
        }
    }
}
