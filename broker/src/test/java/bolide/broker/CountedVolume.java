package bolide.broker;

import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// A disk that counts what it is asked for by whom, as in `io-1 commitlog write`: each is a system
/// call, or several.
final class CountedVolume implements Volume {
    private final Volume disk;
    private volatile Runnable beforeSync = () -> {};
    private volatile Runnable beforeCreate = () -> {};
    private final Map<String, AtomicLong> calls = new ConcurrentSkipListMap<>();

    CountedVolume(Volume disk) {
        this.disk = disk;
    }

    /// @param action run before each sync, which lasts that much longer
    void beforeSync(Runnable action) {
        beforeSync = action;
    }

    /// @param action run before each new file; may fail in the disk's stead
    void beforeCreate(Runnable action) {
        beforeCreate = action;
    }

    /// @return how often each has been asked for, but for what never was
    Map<String, Long> calls() {
        Map<String, Long> now = new TreeMap<>();
        calls.forEach((call, count) -> now.put(call, count.get()));
        return now;
    }

    private void count(String name, String what) {
        String place = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
        String call = Thread.currentThread().getName() + " " + place + " " + what;
        calls.computeIfAbsent(call, first -> new AtomicLong()).incrementAndGet();
    }

    @Override
    public Claim claim() {
        return disk.claim();
    }

    @Override
    public List<String> list(String directory) {
        count(directory, "list");
        return disk.list(directory);
    }

    @Override
    public boolean exists(String name) {
        count(name, "exists");
        return disk.exists(name);
    }

    @Override
    public StoreFile create(String name, long length) {
        count(name, "create");
        beforeCreate.run();
        return new CountedFile(name, disk.create(name, length));
    }

    @Override
    public StoreFile open(String name) {
        count(name, "open");
        return new CountedFile(name, disk.open(name));
    }

    @Override
    public void rename(String name, String newName) {
        count(name, "rename");
        disk.rename(name, newName);
    }

    @Override
    public void delete(String name) {
        count(name, "delete");
        disk.delete(name);
    }

    @Override
    public long usableBytes() {
        count("disk", "room");
        return disk.usableBytes();
    }

    @Override
    public long totalBytes() {
        count("disk", "size");
        return disk.totalBytes();
    }

    @Override
    public String describe() {
        return disk.describe();
    }

    private final class CountedFile implements StoreFile {
        private final String name;
        private final StoreFile file;

        private CountedFile(String name, StoreFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public void write(long at, ByteBuffer bytes) {
            count(name, "write");
            file.write(at, bytes);
        }

        @Override
        public void allocate(long from, long to) {
            count(name, "allocate");
            file.allocate(from, to);
        }

        @Override
        public void sync() {
            count(name, "sync");
            beforeSync.run();
            file.sync();
        }

        @Override
        public void cut(long from, long newLength) {
            count(name, "cut");
            file.cut(from, newLength);
        }

        @Override
        public Mapping map() {
            count(name, "map");
            return file.map();
        }

        @Override
        public void close() {
            count(name, "close");
            file.close();
        }
    }
}
