package bolide.app;

import bolide.app.server.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// `bolide serve` as a process of its own.
final class ServerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String READY = "ready ";

    private final Process process;
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final Path errors;
    private volatile Optional<String> address = Optional.empty();

    /// Starts it and reads what it prints, until it is ready or has ended.
    ///
    /// @param errors where its error stream goes
    ServerProcess(Path errors, String... options) {
        this(command(options), Map.of(), errors);
    }

    private ServerProcess(List<String> command, Map<String, String> environment, Path errors) {
        this.errors = errors;
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        try {
            this.process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        awaitReady();
    }

    /// Starts one in some other way.
    ///
    /// @param command becomes `bolide serve`
    /// @param environment put into that of this process
    static ServerProcess of(List<String> command, Map<String, String> environment, Path errors) {
        return new ServerProcess(command, environment, errors);
    }

    static List<String> command(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-ea:bolide...",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "bolide.app.Main",
                        "serve"));
        command.addAll(List.of(options));
        return command;
    }

    private void awaitReady() {
        CompletableFuture.runAsync(this::readUntilReady)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((done, late) -> {
                    if (late != null) {
                        process.destroyForcibly();
                    }
                })
                .join();
    }

    private void readUntilReady() {
        try {
            BufferedReader out = process.inputReader();
            String line = out.readLine();
            while (line != null && address.isEmpty()) {
                printed.add(line);
                if (line.startsWith(READY)) {
                    address = Optional.of(line.substring(READY.length()));
                } else {
                    line = out.readLine();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @return the lines up to the one that says it is ready
    List<String> printed() {
        return printed;
    }

    /// @return where it answers, as it says; empty when it has ended without getting so far
    Optional<String> address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Peer peer() {
        String[] hostAndPort = address.orElseThrow().split(":");
        return Peer.of(new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1])));
    }

    /// Asks it to stop, as a supervisor does; does not wait.
    void terminate() {
        process.destroy();
    }

    /// Ends it at once, as when the machine runs out of memory.
    void kill() {
        process.destroyForcibly();
    }

    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
        return process.exitValue();
    }

    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
