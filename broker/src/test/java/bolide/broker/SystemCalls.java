package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/// Makes a server's threads and counts their system calls, by thread and call; all event loops are
/// `io`. Linux counts the reads and writes of each thread (`/proc/self/task/*/io`), whatever is
/// read or written: files, sockets, and the file through which an event loop is woken. It does not
/// count syncs and what else the disk is asked for; a [CountedVolume] does. Of agents that nothing
/// but others wake it is also counted how often they have gone to sleep.
final class SystemCalls implements ThreadFactory {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long SETTLING_NANOS = 5_000_000;
    private static final String LOOP = "io-";
    private static final List<String> WOKEN = List.of("dispatcher", "allocator", "checkpointer");

    private final CountedVolume disk;
    private final Map<Thread, Path> tasks = new ConcurrentHashMap<>();

    SystemCalls(CountedVolume disk) {
        this.disk = disk;
    }

    @Override
    public Thread newThread(Runnable work) {
        return Thread.ofPlatform()
                .daemon(true)
                .unstarted(() -> {
                    tasks.put(Thread.currentThread(), ownTask());
                    work.run();
                });
    }

    private static Path ownTask() {
        try {
            return Path.of("/proc/thread-self").toRealPath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @return how often each has been made, once all threads rest
    Map<String, Long> soFar() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Map<String, Long> before = counted();
        Map<String, Long> calls = countedLater();
        while (!calls.equals(before)) { // who is woken already seems to rest until it has a core
            assertThat(System.nanoTime()).as("rest in time").isLessThan(deadline);
            before = calls;
            calls = countedLater();
        }
        return calls;
    }

    private Map<String, Long> countedLater() {
        LockSupport.parkNanos(SETTLING_NANOS);
        return counted();
    }

    private Map<String, Long> counted() {
        tasks.keySet().forEach(SystemCalls::awaitRest);
        Map<String, Long> calls = new TreeMap<>();
        disk.calls().forEach((call, count) -> add(calls, call, count));
        tasks.forEach((thread, task) -> {
            String name = thread.getName();
            String io = text(task.resolve("io"));
            add(calls, name + " read", number(io, "syscr:"));
            add(calls, name + " write", number(io, "syscw:"));
            if (WOKEN.contains(name)) {
                String status = text(task.resolve("status"));
                add(calls, name + " sleep", number(status, "\nvoluntary_ctxt_switches:"));
            }
        });
        return calls;
    }

    private static void add(Map<String, Long> calls, String call, long count) {
        calls.merge(call.startsWith(LOOP) ? "io" + call.substring(4) : call, count, Long::sum);
    }

    /// Waits until the event loops have nothing to do any more.
    void awaitIdleLoops() {
        tasks.keySet().stream()
                .filter(thread -> thread.getName().startsWith(LOOP))
                .forEach(SystemCalls::awaitRest);
    }

    private static void awaitRest(Thread thread) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!isResting(thread)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        thread + " does not rest: " + Arrays.toString(thread.getStackTrace()));
            }
            Thread.yield();
        }
    }

    /// An event loop rests in a call that waits for its sockets, not in one that only looks.
    private static boolean isResting(Thread thread) {
        if (!thread.isAlive()) {
            return true;
        }
        if (!thread.getName().startsWith(LOOP)) {
            return thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING;
        }
        List<String> stack =
                Arrays.stream(thread.getStackTrace())
                        .map(StackTraceElement::getMethodName)
                        .toList();
        return stack.indexOf("wait") == 0 && !stack.contains("selectNow");
    }

    private static long number(String text, String label) {
        String rest = text.substring(text.indexOf(label) + label.length()).strip();
        return Long.parseLong(rest.split("\\s")[0]);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
