package bolide.store.file;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A disk in memory that can be filled to the last byte: what is written takes room, what is
/// deleted gives it back, at once or later.
public final class SmallDisk implements Volume {
    private static final int BLOCK_BYTES = 512;

    private final MemoryVolume disk;
    private final long totalBytes;
    private final Map<String, BitSet> blocks = new HashMap<>();
    private long othersBytes;
    private long owedBytes; // deleted, and not free yet
    private boolean freesLater;

    public SmallDisk(MemoryVolume disk, long totalBytes) {
        this.disk = disk;
        this.totalBytes = totalBytes;
    }

    /// Others fill the disk until so many bytes are left.
    public void fillUpTo(long bytesLeft) {
        othersBytes += usableBytes() - bytesLeft;
    }

    /// Others take so many bytes.
    public void others(long bytes) {
        othersBytes = bytes;
    }

    /// From now on what is deleted takes its room until [#free()].
    public void freeLater() {
        freesLater = true;
    }

    public void free() {
        owedBytes = 0;
    }

    @Override
    public long usableBytes() {
        long used = blocks.values().stream().mapToLong(BitSet::cardinality).sum() * BLOCK_BYTES;
        return totalBytes - othersBytes - owedBytes - used;
    }

    @Override
    public long totalBytes() {
        return totalBytes;
    }

    @Override
    public Claim claim() {
        return disk.claim();
    }

    @Override
    public List<String> list(String directory) {
        return disk.list(directory);
    }

    @Override
    public boolean exists(String name) {
        return disk.exists(name);
    }

    @Override
    public StoreFile create(String name, long length) {
        StoreFile created = disk.create(name, length);
        blocks.put(name, new BitSet());
        return new File(name, created);
    }

    @Override
    public StoreFile open(String name) {
        return new File(name, disk.open(name));
    }

    @Override
    public void rename(String name, String newName) {
        disk.rename(name, newName);
        blocks.put(newName, blocks.remove(name));
    }

    @Override
    public void delete(String name) {
        disk.delete(name);
        BitSet freed = blocks.remove(name);
        if (freed != null && freesLater) {
            owedBytes += (long) freed.cardinality() * BLOCK_BYTES;
        }
    }

    @Override
    public String describe() {
        return disk.describe();
    }

    private final class File implements StoreFile {
        private final String name;
        private final StoreFile file;

        File(String name, StoreFile file) {
            this.name = name;
            this.file = file;
        }

        private void take(long from, long to) {
            BitSet taken = blocks.computeIfAbsent(name, any -> new BitSet()); // may be deleted
            int first = (int) (from / BLOCK_BYTES);
            int end = (int) ((to + BLOCK_BYTES - 1) / BLOCK_BYTES);
            long wanted = end - first - taken.get(first, end).cardinality();
            if (wanted * BLOCK_BYTES > usableBytes()) {
                throw new StorageException(name + ": no space left on device");
            }
            taken.set(first, end);
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public void write(long at, ByteBuffer bytes) {
            take(at, at + bytes.remaining());
            file.write(at, bytes);
        }

        @Override
        public void allocate(long from, long to) {
            take(from, to);
            file.allocate(from, to);
        }

        @Override
        public void sync() {
            file.sync();
        }

        @Override
        public void cut(long from, long length) {
            file.cut(from, length);
            blocks.get(name).clear((int) (from / BLOCK_BYTES) + 1, Integer.MAX_VALUE);
        }

        @Override
        public Mapping map() {
            return file.map();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
