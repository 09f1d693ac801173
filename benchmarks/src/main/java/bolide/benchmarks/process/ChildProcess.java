package bolide.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process of a measurement: what it prints by line, its end at our word or with ours.
public final class ChildProcess implements AutoCloseable {
    private static final Duration LAST = Duration.ofSeconds(30);
    private static final int ERRORS_SHOWN = 40;
    private static final String END = "\0";

    private final String name;
    private final Process process;
    private final Path errors;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
    }

    /// @param home its working directory, which takes what it says on standard error
    /// @param environment beyond ours
    public static ChildProcess start(
            String name, Path home, List<String> command, Map<String, String> environment)
            throws IOException {
        Path errors = home.resolve(name + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().putAll(environment);
        ChildProcess child = new ChildProcess(name, Leftovers.start(builder), errors);
        Thread.ofPlatform().daemon().name(name).start(child::read);
        return child;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Writes a line to its standard input.
    public void tell(String line) throws IOException {
        BufferedWriter in = process.outputWriter(StandardCharsets.US_ASCII);
        in.write(line + "\n");
        in.flush();
    }

    /// @return what follows this beginning in the next line that has it; others are passed over
    public String await(String beginning, Duration patience)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException(name + " took longer than " + patience + tail());
            }
            if (line.equals(END)) {
                throw new IOException(name + " ended with " + process.waitFor() + tail());
            }
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length()).strip();
            }
        }
    }

    /// Ends it at once, as a crash would.
    public void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Asks it to end, so that a recorder of the JVM's writes its file; kills it when it does not.
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(LAST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        destroy();
    }

    /// As [#kill], even when interrupted.
    public void destroy() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(LAST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(name + " does not end");
        }
        Leftovers.ended(process);
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = out.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            // the pipe breaks when the process is killed
        }
        lines.add(END);
    }

    /// @return the last of its standard error
    public String tail() throws IOException {
        List<String> all = Files.readAllLines(errors, StandardCharsets.ISO_8859_1);
        return all.isEmpty()
                ? ""
                : ":\n"
                        + String.join(
                                "\n",
                                all.subList(Math.max(0, all.size() - ERRORS_SHOWN), all.size()));
    }
}
