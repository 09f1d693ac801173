package bolide.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The folders of the tests' processes, {@code target/runs/<number>-<name>}; logs stay there until
 * the next run.
 */
final class Runs {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static {
        delete(runs());
    }

    private Runs() {}

    /** The module's {@code target} folder. */
    static Path target() {
        return Path.of(System.getProperty("compatibility.target", "target")).toAbsolutePath();
    }

    /** The module's compiled driver. */
    static Path classes() {
        return target().resolve("classes");
    }

    /** A new, empty folder. */
    static Path folder(String name) {
        try {
            return Files.createDirectories(runs().resolve(NUMBER.incrementAndGet() + "-" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path runs() {
        return target().resolve("runs");
    }

    /** Removes a folder and all in it, if it is there. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
