package bolide.store.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A file of the machine's file system.
final class ChannelFile implements StoreFile {
    private final Path path;
    private final FileChannel channel;

    ChannelFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public long length() {
        try {
            return channel.size();
        } catch (IOException failure) {
            throw new StorageException("cannot ask for the length of " + path, failure);
        }
    }

    @Override
    public void write(long at, ByteBuffer bytes) {
        ByteBuffer rest = bytes.duplicate();
        try {
            while (rest.hasRemaining()) {
                channel.write(rest, at + rest.position() - bytes.position());
            }
        } catch (IOException failure) {
            throw new StorageException(
                    "cannot write " + bytes.remaining() + " bytes at " + at + " of " + path,
                    failure);
        }
    }

    @Override
    public void sync() {
        try {
            channel.force(false);
        } catch (IOException failure) {
            throw new StorageException("cannot sync " + path, failure);
        }
    }

    @Override
    public void zeroFrom(long from) {
        long length = length();
        try {
            channel.truncate(from);
            if (from < length) {
                channel.write(ByteBuffer.allocate(1), length - 1);
            }
            channel.force(true);
        } catch (IOException failure) {
            throw new StorageException("cannot cut " + path + " at " + from, failure);
        }
    }

    @Override
    public Mapping map() {
        Arena arena = Arena.ofShared();
        try {
            ByteBuffer bytes =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                            .asByteBuffer();
            return new Mapping() {
                @Override
                public ByteBuffer bytes() {
                    return bytes;
                }

                @Override
                public void close() {
                    arena.close();
                }
            };
        } catch (IOException failure) {
            arena.close();
            throw new StorageException("cannot map " + path, failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new StorageException("cannot close " + path, failure);
        }
    }
}
