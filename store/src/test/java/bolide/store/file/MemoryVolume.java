package bolide.store.file;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A disk in memory that can do what disks do: lose power, refuse, run full. It counts every
/// operation, and may end the process in the middle of any of them. What it does depends on its
/// seeds alone.
///
/// A process that ended, by [#kill()] or [#crash(long)], is fenced off: its files and its claim are
/// of no use any more.
public final class MemoryVolume implements Volume {
    /// What can fail, and what is counted.
    public enum Operation {
        WRITE,
        SYNC,
        CREATE,
        ALLOCATE,
        RENAME,
        DELETE,
        CUT
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final String LOG = "commitlog/";

    private final TreeMap<String, MemoryFile> files = new TreeMap<>();
    private final Set<String> unsyncedNames = new HashSet<>();
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private final Map<Operation, Long> failures = new EnumMap<>(Operation.class);
    private long operations;
    private long stopAt = NEVER;
    private boolean stopped;
    private SplittableRandom random = new SplittableRandom(0);
    private long usableBytes = Long.MAX_VALUE;
    private long totalBytes = Long.MAX_VALUE;
    private int life; // which process of many
    private boolean claimed;
    private int openFiles;
    private int openMappings;

    public MemoryVolume() {
        for (Operation operation : Operation.values()) {
            counts.put(operation, 0L);
            failures.put(operation, NEVER);
        }
    }

    // What tests ask for.

    /// @return the same files on another disk, as a reader sees them, all of it durable
    public synchronized MemoryVolume copy() {
        MemoryVolume copy = new MemoryVolume();
        files.forEach((name, file) -> {
            MemoryFile copied = new MemoryFile(file);
            copied.sync();
            copy.files.put(name, copied);
        });
        return copy;
    }

    /// @return how many operations there were
    public synchronized long operations() {
        return operations;
    }

    /// @return how many operations of that kind there were on the log's segments
    public synchronized long count(Operation operation) {
        return counts.get(operation);
    }

    /// The n-th operation from now, counted from 1, ends the process; a part of it may be done.
    public synchronized void stopAt(long n, long seed) {
        stopAt = operations + n;
        random = new SplittableRandom(seed);
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /// The n-th operation of that kind on the log's segments from now, counted from 1, fails; the
    /// ones after it do not.
    public synchronized void failAt(Operation operation, long n) {
        failures.put(operation, counts.get(operation) + n);
    }

    /// How much room is left; allocating takes it up, deleting gives nothing back.
    public synchronized void usableBytes(long bytes) {
        usableBytes = bytes;
    }

    public synchronized void totalBytes(long bytes) {
        totalBytes = bytes;
    }

    /// The process ends; what it had written stays.
    public synchronized void kill() {
        stopAt = NEVER;
        stopped = false;
        claimed = false;
        openFiles = 0;
        openMappings = 0;
        life++;
    }

    /// The power fails: the process ends, and of what was not synced any part may be gone.
    public synchronized void crash(long seed) {
        kill();
        SplittableRandom fate = new SplittableRandom(~seed); // another one than stopAt's
        files.keySet().removeIf(name -> unsyncedNames.contains(name) && fate.nextBoolean());
        unsyncedNames.clear();
        files.values().forEach(file -> file.crash(fate));
    }

    /// @return how many files and mappings are open
    public synchronized int open() {
        return openFiles + openMappings;
    }

    public synchronized boolean isClaimed() {
        return claimed;
    }

    public synchronized List<String> names() {
        return List.copyOf(files.keySet());
    }

    /// @return a file's bytes as a reader sees them
    public synchronized byte[] read(String name) {
        return files.get(name).bytes().clone();
    }

    /// Changes a file behind the store's back.
    public synchronized void overwrite(String name, int at, byte[] bytes) {
        files.get(name).overwrite(at, bytes);
    }

    /// Cuts a file behind the store's back.
    public synchronized void truncate(String name, int length) {
        files.get(name).truncate(length);
    }

    /// Removes a file behind the store's back.
    public synchronized void lose(String name) {
        files.remove(name);
    }

    // What the store asks for.

    @Override
    public synchronized Claim claim() {
        if (claimed) {
            throw new StoreInUseException("the disk in memory is in use");
        }
        claimed = true;
        int holder = life;
        return () -> {
            synchronized (this) {
                if (holder == life) {
                    claimed = false;
                }
            }
        };
    }

    @Override
    public synchronized List<String> list(String directory) {
        String prefix = directory + "/";
        return files.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    @Override
    public synchronized StoreFile create(String name, long length) {
        if (files.containsKey(name)) {
            throw new StorageException(name + " exists already");
        }
        Fate fate = begin(Operation.CREATE, name);
        if (fate == Fate.DONE || fate == Fate.LAST && random.nextBoolean()) {
            files.put(name, new MemoryFile(Math.toIntExact(length)));
        }
        if (fate == Fate.LAST) {
            unsyncedNames.add(name);
        }
        end(fate, Operation.CREATE, name);
        unsyncedNames.remove(name);
        return opened(name);
    }

    @Override
    public synchronized void rename(String name, String newName) {
        if (files.containsKey(newName)) {
            throw new StorageException(newName + " exists already");
        }
        if (!files.containsKey(name)) {
            throw new StorageException(name + " does not exist");
        }
        Fate fate = begin(Operation.RENAME, name);
        if (fate == Fate.DONE || fate == Fate.LAST && random.nextBoolean()) {
            files.put(newName, files.remove(name));
        }
        end(fate, Operation.RENAME, name);
    }

    @Override
    public synchronized void delete(String name) {
        if (!files.containsKey(name)) {
            return;
        }
        Fate fate = begin(Operation.DELETE, name);
        if (fate == Fate.DONE || fate == Fate.LAST && random.nextBoolean()) {
            files.remove(name);
            unsyncedNames.remove(name);
        }
        end(fate, Operation.DELETE, name);
    }

    @Override
    public synchronized StoreFile open(String name) {
        if (!files.containsKey(name)) {
            throw new StorageException(name + " does not exist");
        }
        unsyncedNames.remove(name);
        return opened(name);
    }

    private StoreFile opened(String name) {
        openFiles++;
        return new Opened(name, files.get(name), life);
    }

    @Override
    public synchronized long usableBytes() {
        return usableBytes;
    }

    @Override
    public synchronized long totalBytes() {
        return totalBytes;
    }

    @Override
    public String describe() {
        return "the disk in memory";
    }

    /// How an operation goes.
    private enum Fate {
        DONE,
        FAILED,
        LAST
    }

    private Fate begin(Operation operation, String name) {
        if (stopped) {
            throw new PowerCut();
        }
        operations++;
        if (name.startsWith(LOG)) {
            long count = counts.merge(operation, 1L, Long::sum);
            if (count == failures.get(operation)) {
                return Fate.FAILED;
            }
        }
        stopped = operations >= stopAt;
        return stopped ? Fate.LAST : Fate.DONE;
    }

    private void end(Fate fate, Operation operation, String name) {
        if (fate == Fate.LAST) {
            throw new PowerCut();
        }
        if (fate == Fate.FAILED) {
            throw new StorageException("input/output error: " + operation + " of " + name);
        }
    }

    /// One process's way to a file.
    private final class Opened implements StoreFile {
        private final String name;
        private final MemoryFile file;
        private final int opener;
        private boolean closed;

        private Opened(String name, MemoryFile file, int opener) {
            this.name = name;
            this.file = file;
            this.opener = opener;
        }

        private void check() {
            if (opener != life || closed) {
                throw new IllegalStateException(name + " is not open any more");
            }
        }

        @Override
        public long length() {
            synchronized (MemoryVolume.this) {
                check();
                return file.bytes().length;
            }
        }

        @Override
        public void write(long at, ByteBuffer source) {
            byte[] bytes = new byte[source.remaining()];
            source.get(source.position(), bytes);
            synchronized (MemoryVolume.this) {
                check();
                Fate fate = begin(Operation.WRITE, name);
                boolean whole = fate == Fate.DONE;
                int count = whole ? bytes.length : random.nextInt(bytes.length + 1);
                file.write(Math.toIntExact(at), bytes, count);
                end(fate, Operation.WRITE, name);
            }
        }

        @Override
        public void allocate(long from, long to) {
            synchronized (MemoryVolume.this) {
                check();
                Fate fate = begin(Operation.ALLOCATE, name);
                if (usableBytes < to - from) {
                    throw new StorageException("no space left on the disk in memory");
                }
                if (usableBytes != Long.MAX_VALUE) {
                    usableBytes -= to - from;
                }
                end(fate, Operation.ALLOCATE, name);
            }
        }

        @Override
        public void sync() {
            synchronized (MemoryVolume.this) {
                check();
                Fate fate = begin(Operation.SYNC, name);
                switch (fate) {
                    case DONE -> file.sync();
                    case FAILED -> file.syncInVain();
                    case LAST -> {} // a crash decides how much of it is done
                }
                end(fate, Operation.SYNC, name);
            }
        }

        @Override
        public void cut(long from, long length) {
            synchronized (MemoryVolume.this) {
                check();
                setLength(from);
                setLength(length);
                sync();
            }
        }

        private void setLength(long length) {
            Fate fate = begin(Operation.CUT, name);
            if (fate == Fate.DONE || fate == Fate.LAST && random.nextBoolean()) {
                file.setLength(Math.toIntExact(length), random);
            }
            end(fate, Operation.CUT, name);
        }

        @Override
        public Mapping map() {
            synchronized (MemoryVolume.this) {
                check();
                openMappings++;
                ByteBuffer bytes = ByteBuffer.wrap(file.bytes()).asReadOnlyBuffer();
                return new Mapped(bytes);
            }
        }

        @Override
        public void close() {
            synchronized (MemoryVolume.this) {
                if (opener == life) {
                    check();
                    closed = true;
                    openFiles--;
                }
            }
        }

        /// A live view: the file's own bytes.
        private final class Mapped implements Mapping {
            private final ByteBuffer bytes;
            private boolean unmapped;

            private Mapped(ByteBuffer bytes) {
                this.bytes = bytes;
            }

            @Override
            public ByteBuffer bytes() {
                return bytes;
            }

            @Override
            public void close() {
                synchronized (MemoryVolume.this) {
                    if (unmapped) {
                        throw new IllegalStateException(name + " was unmapped before");
                    }
                    unmapped = true;
                    if (opener == life) {
                        openMappings--;
                    }
                }
            }
        }
    }
}
