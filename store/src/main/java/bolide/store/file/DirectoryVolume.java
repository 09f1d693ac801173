package bolide.store.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A directory of the machine's file system.
public final class DirectoryVolume implements Volume {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryVolume.class);
    static final String LOCK = "lock"; // the name and the bytes that Apache's broker locks
    private static final String PID = "bolide.pid";
    static final String UNFINISHED = ".new"; // ends the name of a file being created

    /// The directories that this process holds. Asked before the lock file is even opened: closing
    /// any of its channels would end the lock of all.
    private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

    private final Path root;

    /// Makes the directory when it does not exist.
    public DirectoryVolume(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            makeDirectory(absolute);
            this.root = absolute.toRealPath();
        } catch (IOException failure) {
            throw new StorageException("cannot make directory " + absolute, failure);
        }
    }

    static void makeDirectory(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (Files.isDirectory(directory) || parent == null) {
            return;
        }
        makeDirectory(parent);
        Files.createDirectories(directory);
        syncDirectory(parent);
    }

    /// A new name is durable only when its directory is.
    static void syncDirectory(Path directory) throws IOException {
        // An asynchronous one, because an interrupt closes the other kind.
        try (AsynchronousFileChannel channel =
                AsynchronousFileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Claim claim() {
        if (!CLAIMED.add(root)) {
            throw inUse(root);
        }
        boolean held = false;
        try {
            Claim claim = lock();
            held = true;
            return claim;
        } catch (IOException failure) {
            throw new StorageException("cannot lock " + root.resolve(LOCK), failure);
        } finally {
            if (!held) {
                CLAIMED.remove(root);
            }
        }
    }

    private Claim lock() throws IOException {
        FileChannel channel =
                FileChannel.open(
                        root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            if (channel.tryLock(0, 1, false) == null) {
                throw inUse(root);
            }
            held = true;
        } finally {
            if (!held) {
                channel.close();
            }
        }
        leaveNumber(channel);
        return () -> release(channel);
    }

    /// @param root a real path
    static boolean isClaimed(Path root) {
        return CLAIMED.contains(root);
    }

    static StoreInUseException inUse(Path root) {
        return new StoreInUseException(
                "data directory " + root + " is in use by " + owner(root) + "; stop it first");
    }

    private static String owner(Path root) {
        try {
            return "process " + Files.readString(root.resolve(PID)).strip();
        } catch (IOException unknown) {
            return "a process that did not leave its number";
        }
    }

    /// For people; a disk without room for it need not keep a server from handing out messages.
    private void leaveNumber(FileChannel lock) throws IOException {
        try {
            lock.write(ByteBuffer.wrap(LOCK.getBytes(StandardCharsets.US_ASCII)), 0);
            Files.writeString(root.resolve(PID), Long.toString(ProcessHandle.current().pid()));
        } catch (IOException failure) {
            if (!lock.isOpen()) { // by an interrupt, and the lock is gone with it
                throw failure;
            }
            LOG.warn("cannot write to {}: {}", root.resolve(PID), failure.getMessage());
        }
    }

    private void release(FileChannel lock) {
        try {
            try {
                Files.deleteIfExists(root.resolve(PID));
            } finally {
                lock.close();
            }
        } catch (IOException failure) {
            throw new StorageException("cannot unlock " + root.resolve(LOCK), failure);
        } finally {
            CLAIMED.remove(root);
        }
    }

    @Override
    public List<String> list(String directory) {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(UNFINISHED))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (NotDirectoryException odd) {
            throw new StorageException(root.resolve(directory) + " is not a directory", odd);
        } catch (IOException | UncheckedIOException failure) {
            throw new StorageException("cannot list " + root.resolve(directory), failure);
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(root.resolve(name));
    }

    @Override
    public StoreFile create(String name, long length) {
        Path path = root.resolve(name);
        Path unfinished = root.resolve(name + UNFINISHED);
        try {
            makeDirectory(path.getParent());
            if (Files.exists(path)) {
                throw new StorageException("cannot create " + path + ": it exists already");
            }
            try (RandomAccessFile file = new RandomAccessFile(unfinished.toFile(), "rw")) {
                file.setLength(0); // an earlier try may have left something
                file.setLength(length);
                file.getFD().sync();
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            return finished(path);
        } catch (IOException failure) {
            throw new StorageException("cannot create " + path, failure);
        }
    }

    private static StoreFile finished(Path path) throws IOException {
        boolean durable = false;
        try {
            syncDirectory(path.getParent());
            StoreFile file = ChannelFile.open(path);
            durable = true;
            return file;
        } finally {
            if (!durable) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public StoreFile open(String name) {
        Path path = root.resolve(name);
        try {
            syncDirectory(path.getParent());
            return ChannelFile.open(path);
        } catch (IOException failure) {
            throw new StorageException("cannot open " + path, failure);
        }
    }

    @Override
    public void rename(String name, String newName) {
        Path from = root.resolve(name);
        Path to = root.resolve(newName);
        try {
            makeDirectory(to.getParent());
            if (Files.exists(to)) {
                throw new StorageException("cannot rename " + from + ": " + to + " exists");
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory(to.getParent());
            syncDirectory(from.getParent());
        } catch (IOException failure) {
            throw new StorageException("cannot rename " + from + " to " + to, failure);
        }
    }

    @Override
    public void delete(String name) {
        Path path = root.resolve(name);
        try {
            if (Files.deleteIfExists(path)) {
                syncDirectory(path.getParent());
            }
        } catch (IOException failure) {
            throw new StorageException("cannot delete " + path, failure);
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
    public long totalBytes() {
        try {
            FileStore disk = Files.getFileStore(root);
            long used = disk.getTotalSpace() - disk.getUnallocatedSpace();
            return used + disk.getUsableSpace(); // without what is reserved for others
        } catch (IOException failure) {
            throw new StorageException("cannot ask for the size of " + root, failure);
        }
    }

    @Override
    public String describe() {
        return root.toString();
    }
}
