package bolide.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Linux says of a process.
record LinuxProcess(long pid) {
    /// @return bytes of memory that it holds, shared ones included
    long residentBytes() {
        return 1024 * number(text(proc().resolve("status")), "VmRSS:");
    }

    /// @return by thread id and name
    Map<String, Activity> threads() {
        try (Stream<Path> threads = Files.list(proc().resolve("task"))) {
            return threads.collect(
                    Collectors.toMap(
                            thread ->
                                    thread.getFileName()
                                            + " "
                                            + text(thread.resolve("comm")).strip(),
                            LinuxProcess::activity,
                            (one, other) -> one,
                            TreeMap::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Activity activity(Path thread) {
        return new Activity(
                number(text(thread.resolve("status")), "\nvoluntary_ctxt_switches:"),
                Long.parseLong(text(thread.resolve("schedstat")).split(" ")[0]));
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

    private Path proc() {
        return Path.of("/proc", Long.toString(pid));
    }

    /// What a thread has done so far.
    ///
    /// @param waits how often it has gone to sleep
    /// @param cpuNanos how long it has run
    record Activity(long waits, long cpuNanos) {
        static final Activity NONE = new Activity(0, 0);

        Activity since(Activity earlier) {
            return new Activity(waits - earlier.waits, cpuNanos - earlier.cpuNanos);
        }
    }
}
