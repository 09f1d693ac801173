package bolide.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The directories of one comparison, all on one disk; gone when it is closed, or with this process
/// when that is interrupted before.
public final class Scratch implements AutoCloseable {
    private final Path root;
    private final UsedMemory memory;
    private int made;

    /// @param parent where to put them
    public Scratch(Path parent) throws IOException {
        try {
            root = Leftovers.folder(parent, "bolide-bench");
        } catch (IOException failed) {
            throw new IOException(
                    "no directory can be made in %s: %s; name another one with --directory"
                            .formatted(parent, Problem.of(failed)),
                    failed);
        }
        memory = new UsedMemory(root.resolve("hole"));
    }

    /// @return a new empty folder
    public Path folder(String name) throws IOException {
        made++;
        return Files.createDirectory(root.resolve(name + "-" + made));
    }

    /// Copies a folder, holes and all, and waits until the copy is on the disk: what is measured
    /// next must not share it with that.
    public Path copy(Path folder) throws IOException, InterruptedException {
        Path copy = folder("copy");
        call("cp", "--archive", "--sparse=always", folder + "/.", copy.toString());
        sync();
        return copy;
    }

    /// Waits until everything is on the disk.
    public void sync() throws IOException, InterruptedException {
        call("sync", "--file-system", root.toString());
    }

    /// Leaves little of the machine's memory free, see [UsedMemory].
    public void useMemory() throws IOException {
        memory.fill();
    }

    /// Puts a folder's files on the disk and out of the kernel's memory. Nobody may have them open.
    public void forget(Path folder) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                call(
                        "dd",
                        "of=" + file,
                        "oflag=nocache",
                        "conv=notrunc,fdatasync",
                        "count=0",
                        "status=none");
            }
        }
    }

    private static void call(String... command) throws IOException, InterruptedException {
        Process process = Leftovers.start(new ProcessBuilder(command).inheritIO());
        int code = process.waitFor();
        Leftovers.ended(process);
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code);
        }
    }

    public void delete(Path folder) throws IOException {
        Folders.delete(folder);
    }

    @Override
    public void close() throws IOException {
        delete(root);
        Leftovers.deleted(root);
    }
}
