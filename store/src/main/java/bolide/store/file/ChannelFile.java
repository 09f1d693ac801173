package bolide.store.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file of the machine's file system. An interrupt of a thread that writes or syncs costs nothing
/// but time: it neither fails nor ends that thread's interrupted state.
final class ChannelFile implements StoreFile {
    // Linux keeps in one piece what was written at once. Large pieces cost less to make and to
    // write to, but ext4 goes over all of one for each small write within (decision 3), and who
    // appends meanwhile waits for the file's lock.
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(128 * 1024);

    private final Path path;
    private final ByteBuffer zeros = ZEROS.duplicate();
    private volatile FileChannel channel;
    private long length;

    // A second channel on the same file, opened by the first sync. An interrupt closes a
    // FileChannel, and hides whether the sync had failed; this kind it does not touch.
    private AsynchronousFileChannel syncing;

    private ChannelFile(Path path, FileChannel channel, long length) {
        this.path = path;
        this.channel = channel;
        this.length = length;
    }

    static ChannelFile open(Path path) throws IOException {
        return new ChannelFile(path, openChannel(path), Files.size(path));
    }

    private static FileChannel openChannel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public long length() {
        return length;
    }

    /// Writes zeros: what is merely reserved would have to be marked as written by each later sync.
    @Override
    public void allocate(long from, long to) {
        for (long at = from; at < to; at += ZEROS.capacity()) {
            write(at, zeros.limit((int) Math.min(zeros.capacity(), to - at)));
        }
    }

    @Override
    public void write(long at, ByteBuffer bytes) {
        int from = bytes.position();
        boolean interrupted = Thread.interrupted(); // set, it would close the channel
        try {
            while (bytes.hasRemaining()) {
                try {
                    channel.write(bytes, at + bytes.position() - from);
                } catch (ClosedByInterruptException meanwhile) {
                    interrupted |= Thread.interrupted();
                    channel = openChannel(path); // the bytes not counted yet are written again
                }
            }
        } catch (IOException failure) {
            throw new StorageException(
                    "cannot write " + (bytes.limit() - from) + " bytes at " + at + " of " + path,
                    failure);
        } finally {
            bytes.position(from);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void sync() {
        try {
            if (syncing == null) {
                syncing = AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
            }
            syncing.force(false);
        } catch (IOException failure) {
            throw new StorageException("cannot sync " + path, failure);
        }
    }

    @Override
    public void cut(long from, long newLength) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(from);
            file.setLength(newLength);
            file.getFD().sync();
        } catch (IOException failure) {
            throw new StorageException("cannot cut " + path + " at " + from, failure);
        }
        length = newLength;
    }

    @Override
    public Mapping map() {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return new ArenaMapping(channel, length);
                } catch (ClosedByInterruptException meanwhile) {
                    interrupted |= Thread.interrupted();
                    channel = openChannel(path);
                }
            }
        } catch (IOException failure) {
            throw new StorageException("cannot map " + path, failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// @return a view of the channel's file, which outlives the channel
    static Mapping map(FileChannel channel, long length) throws IOException {
        return new ArenaMapping(channel, length);
    }

    @Override
    public void close() {
        try {
            try {
                channel.close();
            } finally {
                if (syncing != null) {
                    syncing.close();
                }
            }
        } catch (IOException failure) {
            throw new StorageException("cannot close " + path, failure);
        }
    }

    /// A mapping that ends when its arena does.
    private static final class ArenaMapping implements Mapping {
        private final Arena arena = Arena.ofShared();
        private final ByteBuffer bytes;

        private ArenaMapping(FileChannel channel, long length) throws IOException {
            boolean mapped = false;
            try {
                bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena).asByteBuffer();
                mapped = true;
            } finally {
                if (!mapped) {
                    arena.close();
                }
            }
        }

        @Override
        public ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
