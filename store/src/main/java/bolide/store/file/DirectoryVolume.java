package bolide.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// A directory of the machine's file system.
public final class DirectoryVolume implements Volume {
    private static final String LOCK = "lock"; // the name and the bytes that Apache's broker locks
    private static final String PID = "bolide.pid";

    private final Path root;

    /// Makes the directory when it does not exist.
    public DirectoryVolume(Path root) {
        this.root = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(this.root);
        } catch (IOException failure) {
            throw new StorageException("cannot make directory " + this.root, failure);
        }
    }

    @Override
    public Claim claim() {
        Path path = root.resolve(LOCK);
        try {
            FileChannel channel =
                    FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StoreInUseException(
                        "data directory " + root + " is in use by " + owner() + "; stop it first");
            }
            channel.write(ByteBuffer.wrap(LOCK.getBytes(StandardCharsets.US_ASCII)), 0);
            Files.writeString(root.resolve(PID), Long.toString(ProcessHandle.current().pid()));
            return () -> release(channel);
        } catch (IOException failure) {
            throw new StorageException("cannot lock " + path, failure);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(0, 1, false);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private String owner() {
        try {
            return "process " + Files.readString(root.resolve(PID)).strip();
        } catch (IOException unknown) {
            return "a process that did not leave its number";
        }
    }

    private void release(FileChannel channel) {
        try {
            Files.deleteIfExists(root.resolve(PID));
            channel.close();
        } catch (IOException failure) {
            throw new StorageException("cannot unlock " + root.resolve(LOCK), failure);
        }
    }

    @Override
    public List<String> list(String directory) {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (NotDirectoryException odd) {
            throw new StorageException(root.resolve(directory) + " is not a directory", odd);
        } catch (IOException failure) {
            throw new StorageException("cannot list " + root.resolve(directory), failure);
        }
    }

    @Override
    public StoreFile create(String name, long length) {
        Path path = root.resolve(name);
        try {
            Files.createDirectories(path.getParent());
            FileChannel channel =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            channel.write(ByteBuffer.allocate(1), length - 1);
            channel.force(true);
            syncDirectory(path.getParent());
            return new ChannelFile(path, channel);
        } catch (IOException failure) {
            throw new StorageException("cannot create " + path, failure);
        }
    }

    @Override
    public StoreFile open(String name) {
        Path path = root.resolve(name);
        try {
            return new ChannelFile(
                    path,
                    FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException failure) {
            throw new StorageException("cannot open " + path, failure);
        }
    }

    @Override
    public long usableBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException failure) {
            throw new StorageException("cannot ask for the free space of " + root, failure);
        }
    }

    @Override
    public String describe() {
        return root.toString();
    }

    /// A new name is durable only when its directory is.
    private void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
        if (!directory.equals(root) && directory.getParent() != null) {
            syncDirectory(directory.getParent());
        }
    }
}
