package bolide.compatibility;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process of the tests: its standard output by line, its end at our word, or with the tests. Both
 * its outputs stay in its folder.
 */
final class ChildProcess {
    private static final int ERRORS_SHOWN = 40;

    private final String name;
    private final Process process;
    private final Path output;
    private final Path errors;
    private final Thread reaper;
    private final List<String> lines = new ArrayList<>(); // guarded by itself, tells of each change
    private boolean ended; // guarded by lines

    private ChildProcess(String name, Process process, Path output, Path errors) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.errors = errors;
        this.reaper = new Thread(process::destroyForcibly);
    }

    /** Starts it in that folder, which also takes its standard error. */
    static ChildProcess start(String name, Path folder, List<String> command) {
        try {
            Path errors = Files.createDirectories(folder).resolve(name + ".err");
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                            .start();
            Path output = folder.resolve(name + ".out");
            ChildProcess child = new ChildProcess(name, process, output, errors);
            Runtime.getRuntime().addShutdownHook(child.reaper);
            Thread.ofVirtual().name(name).start(child::read);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until its output satisfies the condition; throws if it ends or time runs out before.
     */
    void await(String what, Duration patience, Predicate<List<String>> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lines) {
            while (!condition.test(lines)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || millis <= 0) {
                    throw new AssertionError(
                            "%s %s before %s%n%s"
                                    .formatted(
                                            name,
                                            ended ? "ended" : "took " + patience,
                                            what,
                                            tail()));
                }
                try {
                    lines.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted while waiting for " + what, e);
                }
            }
        }
    }

    /** All lines so far. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Writes a line to its standard input. */
    void tell(String line) {
        try {
            BufferedWriter in = process.outputWriter(StandardCharsets.US_ASCII);
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, SIGTERM, and waits. */
    void terminate(Duration patience) {
        process.destroy();
        awaitEnd(patience);
    }

    /** Ends it at once, SIGKILL, and waits. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** Waits for its end; its exit code. */
    int awaitEnd(Duration patience) {
        await("its end", patience, all -> ended);
        Runtime.getRuntime().removeShutdownHook(reaper);
        return process.exitValue();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                Writer copy = Files.newBufferedWriter(output, CREATE, APPEND)) {
            String line;
            while ((line = out.readLine()) != null) {
                copy.write(line + "\n");
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // the pipe breaks when the process is killed
        }
        process.onExit().join();
        synchronized (lines) {
            ended = true;
            lines.notifyAll();
        }
    }

    private String tail() {
        try {
            List<String> all = Files.readAllLines(errors);
            List<String> last = all.subList(Math.max(0, all.size() - ERRORS_SHOWN), all.size());
            return errors + ":\n" + String.join("\n", last);
        } catch (IOException e) {
            return errors + ": " + e;
        }
    }
}
