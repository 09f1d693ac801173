package bolide.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A small file outside of a store that is read and written as a whole, in a directory of its own.
/// Nobody writes there before the directory is held against other processes. For one thread at a
/// time.
public final class WholeFile implements AutoCloseable {
    private final Path directory;
    private final Path path;
    private Optional<Volume.Claim> claim = Optional.empty();

    /// Holds the directory if it exists; the first [#replace] makes it otherwise.
    ///
    /// @throws StoreInUseException when another process holds it
    public WholeFile(Path directory, String name) {
        this.directory = directory.toAbsolutePath().normalize();
        this.path = this.directory.resolve(name);
        if (Files.isDirectory(this.directory)) {
            hold();
        }
    }

    private void hold() {
        claim = Optional.of(new DirectoryVolume(directory).claim());
    }

    /// @return the bytes; empty when there is no such file
    public Optional<ByteBuffer> read() {
        try {
            return Optional.of(ByteBuffer.wrap(Files.readAllBytes(path)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new StorageException("cannot read " + path, failure);
        }
    }

    /// Puts these bytes in the place of those before. Durable on return; whatever happens
    /// meanwhile, the file holds all of these or all of those.
    public void replace(ByteBuffer bytes) {
        if (claim.isEmpty()) {
            hold();
            if (Files.exists(path)) { // and was not when this one began
                claim.get().close();
                claim = Optional.empty();
                throw new StorageException(
                        path
                                + " was written by another process meanwhile; start again to take"
                                + " up what it says");
            }
        }
        Path unfinished = directory.resolve(path.getFileName() + DirectoryVolume.UNFINISHED);
        try {
            write(unfinished, bytes.duplicate());
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            DirectoryVolume.syncDirectory(directory);
        } catch (IOException failure) {
            throw new StorageException("cannot write " + path, failure);
        }
    }

    private static void write(Path to, ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /// @return where the file is, for people
    public String describe() {
        return path.toString();
    }

    @Override
    public void close() {
        claim.ifPresent(Volume.Claim::close);
        claim = Optional.empty();
    }
}
