package bolide.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// A directory that is only looked at: not a byte in it changes, and it may lie on a medium that
/// cannot be written to. Names are paths below it with `/` between their parts. Every failure is a
/// [StorageException] that names the path; what would change something is an
/// [UnsupportedOperationException].
public final class DirectoryView implements Volume {
    private final Path root;

    /// @throws StorageException when there is no such directory
    public DirectoryView(Path root) {
        if (!Files.isDirectory(root)) {
            throw new StorageException("there is no directory " + root);
        }
        try {
            this.root = root.toRealPath();
        } catch (IOException failure) {
            throw new StorageException("cannot look at " + root, failure);
        }
    }

    /// Keeps servers out until closed, where the lock file is there to do it with.
    ///
    /// @throws StoreInUseException when one works on the directory; says which process
    @Override
    public Claim claim() {
        Path lock = root.resolve(DirectoryVolume.LOCK);
        if (DirectoryVolume.isClaimed(root)) {
            throw DirectoryVolume.inUse(root);
        }
        if (!Files.isRegularFile(lock)) {
            return () -> {};
        }
        try {
            return hold(FileChannel.open(lock, StandardOpenOption.READ));
        } catch (IOException failure) {
            throw new StorageException("cannot lock " + lock, failure);
        }
    }

    private Claim hold(FileChannel channel) throws IOException {
        boolean held = false;
        try {
            held = channel.tryLock(0, 1, true) != null;
        } catch (OverlappingFileLockException another) {
            held = true; // another look of this process keeps servers out already
        } finally {
            if (!held) {
                channel.close();
            }
        }
        if (!held) {
            throw DirectoryVolume.inUse(root);
        }
        return () -> {
            try {
                channel.close();
            } catch (IOException failure) {
                throw new StorageException("cannot unlock " + root, failure);
            }
        };
    }

    @Override
    public List<String> list(String directory) {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(DirectoryVolume.UNFINISHED))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return List.of();
        } catch (IOException | UncheckedIOException failure) {
            throw new StorageException("cannot list " + root.resolve(directory), failure);
        }
    }

    public boolean isDirectory(String name) {
        return Files.isDirectory(root.resolve(name));
    }

    public boolean isFile(String name) {
        return Files.isRegularFile(root.resolve(name));
    }

    public long length(String name) {
        try {
            return Files.size(root.resolve(name));
        } catch (IOException failure) {
            throw new StorageException("cannot look at " + root.resolve(name), failure);
        }
    }

    /// @return the bytes of a file that fits into memory
    public byte[] read(String name) {
        try {
            return Files.readAllBytes(root.resolve(name));
        } catch (IOException failure) {
            throw new StorageException("cannot read " + root.resolve(name), failure);
        }
    }

    /// @return all bytes of the file, of which there may be as many as an array can have
    public StoreFile.Mapping map(String name) {
        Path path = root.resolve(name);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new StorageException(path + " is longer than " + Integer.MAX_VALUE);
            }
            return ChannelFile.map(channel, channel.size());
        } catch (IOException failure) {
            throw new StorageException("cannot map " + path, failure);
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(root.resolve(name));
    }

    @Override
    public StoreFile open(String name) {
        return new ViewedFile(this, name);
    }

    @Override
    public StoreFile create(String name, long length) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void rename(String name, String newName) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public long usableBytes() {
        return 0;
    }

    @Override
    public long totalBytes() {
        try {
            return Files.getFileStore(root).getTotalSpace();
        } catch (IOException failure) {
            throw new StorageException("cannot ask for the size of " + root, failure);
        }
    }

    @Override
    public String describe() {
        return root.toString();
    }
}
