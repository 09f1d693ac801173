package bolide.benchmarks.meter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux says that processes have used.
public final class ProcessMeter {
    private static final double TICKS = 100; // a second, in /proc/PID/stat on every Linux
    private static final double NANOS = 1e9;
    private static final double KIB = 1024;
    private static final int USER_WORD = 11; // in /proc/PID/stat, after the name in parentheses
    private static final int SYSTEM_WORD = 12;

    private final List<Path> processes;

    public ProcessMeter(List<Long> pids) {
        this.processes = pids.stream().map(pid -> Path.of("/proc", Long.toString(pid))).toList();
    }

    /// Threads that have ended count in all, not in what compiled and collected: the measured JVMs
    /// keep their compiler threads.
    public Usage usage() throws IOException {
        Usage sum = Usage.NONE;
        for (Path process : processes) {
            sum = sum.plus(usageOf(process));
        }
        return sum;
    }

    private static Usage usageOf(Path process) throws IOException {
        double compiling = 0;
        double collecting = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                try {
                    String name =
                            Files.readString(task.resolve("comm"), StandardCharsets.ISO_8859_1);
                    if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                        compiling += secondsOf(task);
                    } else if (name.startsWith("GC Thread") || name.startsWith("G1 ")) {
                        collecting += secondsOf(task);
                    }
                } catch (IOException unread) {
                    // One that has ended was neither a compiler's nor a collector's: those stay.
                    if (Files.exists(task)) {
                        throw unread;
                    }
                }
            }
        }
        return new Usage(allOf(process), compiling, collecting);
    }

    private static double secondsOf(Path task) throws IOException {
        String used = Files.readString(task.resolve("schedstat"));
        return Long.parseLong(used.substring(0, used.indexOf(' '))) / NANOS;
    }

    private static double allOf(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[USER_WORD]) + Long.parseLong(words[SYSTEM_WORD])) / TICKS;
    }

    /// @return MiB that were resident at most, of all processes since each began
    public double peakMib() throws IOException {
        return mib("VmHWM:");
    }

    /// @return MiB that are resident
    public double residentMib() throws IOException {
        return mib("VmRSS:");
    }

    /// @return MiB of memory that are no file's
    public double ownMib() throws IOException {
        return mib("RssAnon:");
    }

    private double mib(String key) throws IOException {
        double sum = 0;
        for (Path process : processes) {
            for (String line : Files.readAllLines(process.resolve("status"))) {
                if (line.startsWith(key)) {
                    sum += Long.parseLong(line.replaceAll("\\D", "")) / KIB;
                }
            }
        }
        return sum;
    }
}
