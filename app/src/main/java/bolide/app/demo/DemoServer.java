package bolide.app.demo;

import bolide.app.config.Settings;
import bolide.app.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// A server in a temporary directory, which goes when the server does: at the end of the demo, or
/// when a signal ends the process before.
public final class DemoServer implements AutoCloseable {
    private static final int SEGMENT_BYTES = 64 * 1024 * 1024;
    private static final Duration LAST_OF_START = Duration.ofSeconds(5);

    private final CompletableFuture<Server> started = new CompletableFuture<>();
    private final Thread stop = new Thread(this::end, "stop");
    private final Path directory;

    /// @param onFailure told of what a server does not survive
    /// @throws IOException when no temporary directory can be made
    public DemoServer(Consumer<Throwable> onFailure) throws IOException {
        directory = Files.createTempDirectory("bolide-demo");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            started.complete(start(onFailure));
        } catch (RuntimeException impossible) {
            started.completeExceptionally(impossible);
            close();
            throw impossible;
        }
    }

    private Server start(Consumer<Throwable> onFailure) {
        Settings settings =
                new Settings()
                        .put("port", Optional.of(0))
                        .put("data", Optional.of(directory))
                        .put("segment-bytes", Optional.of(SEGMENT_BYTES));
        return new Server(settings.toConfig("demo"), onFailure);
    }

    /// @return where it answers
    public String address() {
        return started.join().advertised().toString();
    }

    /// Does not return when the process is ending already.
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException ending) {
            awaitEndOfProcess();
        }
        end();
    }

    /// What goes wrong with the demo now is only that its server has gone.
    private static void awaitEndOfProcess() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        try {
            started.get(LAST_OF_START.toMillis(), TimeUnit.MILLISECONDS).close();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException none) {
            // the constructor has thrown, or the process ends while it starts: nothing to close
        }
        try {
            delete();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void delete() throws IOException {
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path emptied, IOException failed)
                            throws IOException {
                        Files.delete(emptied);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
