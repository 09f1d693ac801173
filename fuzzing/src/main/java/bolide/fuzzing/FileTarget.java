package bolide.fuzzing;

import bolide.store.checkpoint.SnapshotCheck;
import bolide.store.checkpoint.StableEnd;
import bolide.store.file.DirectoryView;
import bolide.store.index.IndexCheck;
import bolide.store.takeover.ApacheStore;
import bolide.store.verify.LogCheck;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A file of a data directory, with any content: it is looked through without changing it, as
/// `store verify` and a take-over do.
final class FileTarget implements Target {
    private final Path directory;
    private final Path file;
    private final Consumer<DirectoryView> reading;
    private final Class<?> reader;

    private FileTarget(String file, Class<?> reader, Consumer<DirectoryView> reading) {
        try {
            this.directory = Files.createTempDirectory("bolide-fuzzing");
            this.file = directory.resolve(file);
            Files.createDirectories(this.file.getParent());
            Files.createDirectories(directory.resolve("commitlog"));
            Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
        this.reading = reading;
        this.reader = reader;
    }

    static Target log() {
        return new FileTarget(
                "commitlog/00000000000000000000",
                LogCheck.class,
                view ->
                        new LogCheck(view, LogCheck.Writer.BOLIDE, true, StableEnd.of(view))
                                .run(bytes -> {}, finding -> {}));
    }

    static Target index() {
        return new FileTarget(
                "index/00000000000000000000",
                IndexCheck.class,
                view -> new IndexCheck(view).run(bytes -> {}, finding -> {}));
    }

    static Target snapshot() {
        return new FileTarget(
                "snapshot/00000000000000000000",
                SnapshotCheck.class,
                view -> new SnapshotCheck(view).run(bytes -> {}, finding -> {}));
    }

    /// @param name of a file of Apache's broker
    static Target apache(String name) {
        return new FileTarget(
                "config/" + name, ApacheStore.class, view -> ApacheStore.read(view, bytes -> {}));
    }

    @Override
    public void take(FuzzedDataProvider in) throws IOException {
        Files.write(file, in.consumeRemainingAsBytes());
        reading.accept(new DirectoryView(directory));
    }

    @Override
    public List<String> words() {
        return Classes.literals(reader);
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory.resolve("commitlog"));
            if (!file.getParent().equals(directory.resolve("commitlog"))) {
                Files.deleteIfExists(file.getParent());
            }
            Files.deleteIfExists(directory);
        } catch (IOException stays) {
            System.err.println("bolide: " + directory + " stays: " + stays.getMessage());
        }
    }
}
