package bolide.store.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// A disk in memory that can do what disks do: lose power, refuse, run full, rot. It counts every
/// operation, and may end the process in the middle of any of them. What it does depends on its
/// seeds alone.
///
/// A process that ended, by [#kill()] or [#crash(long)], is fenced off: its files and its claim are
/// of no use any more.
public final class MemoryVolume implements Volume {
    /// What can fail, and what is counted. Names are synced by whoever creates or deletes, and by
    /// who opens while some are not.
    public enum Operation {
        WRITE,
        SYNC,
        CREATE,
        ALLOCATE,
        RENAME,
        DELETE,
        SYNC_NAMES,
        CUT
    }

    /// How an operation fails.
    public enum Fault {
        /// Any first part of a write may be in the file.
        IO_ERROR("input/output error"),
        /// Nothing of a write is.
        NO_SPACE("no space left on device"),
        /// Of a write some bytes are in the file, and some are not.
        SHORT_WRITE("input/output error after a part");

        private final String text;

        Fault(String text) {
            this.text = text;
        }
    }

    private static final long NEVER = Long.MAX_VALUE;

    /// A name that was given or taken away.
    ///
    /// @param file null when it was taken away
    /// @param from the name that the file had before; empty when it had none
    private record NameChange(String name, MemoryFile file, String from) {}

    /// An operation that is about to happen.
    ///
    /// @param done what it does, when only a part of it is done
    private record Next(Operation operation, String name, Part done) {}

    /// Does a part of an operation.
    private interface Part {
        void on(MemoryVolume volume, SplittableRandom random);
    }

    private final TreeMap<String, MemoryFile> files = new TreeMap<>();
    private final TreeMap<String, MemoryFile> durableNames = new TreeMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();
    private final long[] counts = new long[Operation.values().length];
    private final long[] failures = new long[Operation.values().length];
    private final Fault[] faults = new Fault[Operation.values().length];
    private long operations;
    private String counted = "commitlog/";
    private long failAt = NEVER;
    private Fault fault = Fault.IO_ERROR;
    private long stopAt = NEVER;
    private boolean stopped;
    private SplittableRandom random = new SplittableRandom(0);
    private Runnable observer;
    private Next next;
    private long usableBytes = Long.MAX_VALUE;
    private long totalBytes = Long.MAX_VALUE;
    private int life; // which process of many
    private boolean claimed;
    private int openFiles;
    private int openMappings;

    public MemoryVolume() {
        Arrays.fill(failures, NEVER);
        Arrays.fill(faults, Fault.IO_ERROR);
    }

    // What tests ask for.

    /// @return the same files on another disk, as a reader sees them, all of it durable
    public synchronized MemoryVolume copy() {
        MemoryVolume copy = new MemoryVolume();
        files.forEach((name, file) -> {
            MemoryFile copied = new MemoryFile(file);
            copied.sync();
            copy.files.put(name, copied);
            copy.durableNames.put(name, copied);
        });
        return copy;
    }

    /// @return another disk in the same condition, in the hands of no process
    public synchronized MemoryVolume fork() {
        MemoryVolume fork = new MemoryVolume();
        Map<MemoryFile, MemoryFile> copies = new IdentityHashMap<>();
        files.forEach((name, file) ->
                fork.files.put(name, copies.computeIfAbsent(file, MemoryFile::new)));
        durableNames.forEach((name, file) ->
                fork.durableNames.put(name, copies.computeIfAbsent(file, MemoryFile::new)));
        for (NameChange change : pendingNames) {
            MemoryFile file = change.file;
            fork.pendingNames.add(
                    new NameChange(
                            change.name,
                            file == null ? null : copies.computeIfAbsent(file, MemoryFile::new),
                            change.from));
        }
        return fork;
    }

    /// @param seed decides which part of the operation that is about to happen is done
    /// @return another disk in the condition that the operation leaves when the process ends in it
    public synchronized MemoryVolume forkWithin(long seed) {
        MemoryVolume fork = fork();
        if (next != null && next.done != null) {
            next.done.on(fork, new SplittableRandom(seed));
        }
        return fork;
    }

    /// @param action run before every operation; null for none
    public synchronized void beforeEach(Runnable action) {
        observer = action;
    }

    /// @return what is about to happen; only for who runs before it
    public synchronized Operation next() {
        return next.operation;
    }

    /// @return whether the log must not go on should that fail
    public synchronized boolean nextIsFinal() {
        return next.name.startsWith(counted)
                && (next.operation == Operation.WRITE || next.operation == Operation.SYNC);
    }

    /// @return a number that hardly two different disks share
    public synchronized long hash() {
        CRC32 one = new CRC32();
        CRC32C other = new CRC32C();
        files.forEach((name, file) -> {
            one.update(name.getBytes(StandardCharsets.UTF_8));
            one.update(file.bytes());
            other.update(file.bytes());
        });
        return one.getValue() << 32 | other.getValue();
    }

    /// @return how many operations there were
    public synchronized long operations() {
        return operations;
    }

    /// Counts, and fails, operations on the files of that directory; at first on the log's
    /// segments.
    public synchronized void countIn(String directory) {
        counted = directory + "/";
    }

    /// @return how many operations of that kind there were on the counted files
    public synchronized long count(Operation operation) {
        return counts[operation.ordinal()];
    }

    /// The n-th operation from now, counted from 1, ends the process; a part of it may be done.
    public synchronized void stopAt(long n, long seed) {
        stopAt = operations + n;
        random = new SplittableRandom(seed);
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /// The n-th operation of that kind on the counted files from now, from 1 on, fails; the ones
    /// after it do not.
    public synchronized void failAt(Operation operation, long n) {
        failAt(Fault.IO_ERROR, operation, n);
    }

    /// The n-th operation of that kind on the counted files from now, from 1 on, fails; the ones
    /// after it do not.
    public synchronized void failAt(Fault how, Operation operation, long n) {
        failures[operation.ordinal()] = counts[operation.ordinal()] + n;
        faults[operation.ordinal()] = how;
    }

    /// The n-th operation of any kind from now, counted from 1, fails; the ones after it do not.
    public synchronized void failAt(Fault how, long n) {
        failAt = operations + n;
        fault = how;
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
        observer = null;
        openFiles = 0;
        openMappings = 0;
        life++;
    }

    /// The power fails: the process ends, and of what was not synced any part may be gone.
    public synchronized void crash(long seed) {
        kill();
        SplittableRandom fate = new SplittableRandom(~seed); // another one than stopAt's
        int names = fate.nextInt(pendingNames.size() + 1);
        pendingNames.subList(0, names).forEach(this::keep);
        pendingNames.clear();
        files.clear();
        files.putAll(durableNames);
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

    /// One bit of a file turns, behind the store's back.
    ///
    /// @param bit from 0, the lowest of the first byte
    public synchronized void flip(String name, long bit) {
        int at = Math.toIntExact(bit / 8);
        byte flipped = (byte) (files.get(name).bytes()[at] ^ 1 << bit % 8);
        files.get(name).overwrite(at, new byte[] {flipped});
    }

    /// Cuts a file behind the store's back.
    public synchronized void truncate(String name, int length) {
        files.get(name).truncate(length);
    }

    /// Removes a file behind the store's back.
    public synchronized void lose(String name) {
        files.remove(name);
        durableNames.remove(name);
    }

    /// Creates a file as a careless volume would: a power cut may take its name.
    public synchronized StoreFile createCarelessly(String name, long length) {
        enter(name, new MemoryFile(Math.toIntExact(length)));
        return opened(name);
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
    public synchronized boolean exists(String name) {
        return files.containsKey(name);
    }

    @Override
    public synchronized StoreFile create(String name, long length) {
        if (files.containsKey(name)) {
            throw new StorageException(name + " exists already");
        }
        int bytes = Math.toIntExact(length);
        Part part =
                (volume, chance) -> {
                    if (chance.nextBoolean()) {
                        volume.enter(name, new MemoryFile(bytes));
                    }
                };
        perform(Operation.CREATE, name, part, () -> enter(name, new MemoryFile(bytes)));
        boolean durable = false;
        try {
            syncNames(name);
            durable = true;
        } finally {
            if (!durable && !stopped) {
                enter(name, null);
            }
        }
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
        Part part =
                (volume, chance) -> {
                    if (chance.nextBoolean()) {
                        volume.move(name, newName);
                    }
                };
        perform(Operation.RENAME, newName, part, () -> move(name, newName));
        syncNames(newName);
    }

    private void move(String name, String newName) {
        MemoryFile file = files.remove(name);
        files.put(newName, file);
        pendingNames.add(new NameChange(newName, file, name));
    }

    @Override
    public synchronized void delete(String name) {
        if (!files.containsKey(name)) {
            return;
        }
        Part part =
                (volume, chance) -> {
                    if (chance.nextBoolean()) {
                        volume.enter(name, null);
                    }
                };
        perform(Operation.DELETE, name, part, () -> enter(name, null));
        syncNames(name);
    }

    private void enter(String name, MemoryFile file) {
        if (file == null) {
            files.remove(name);
        } else {
            files.put(name, file);
        }
        pendingNames.add(new NameChange(name, file, ""));
    }

    private void syncNames(String name) {
        perform(
                Operation.SYNC_NAMES,
                name,
                null,
                () -> {
                    pendingNames.forEach(this::keep);
                    pendingNames.clear();
                });
    }

    private void keep(NameChange change) {
        durableNames.remove(change.from);
        if (change.file == null) {
            durableNames.remove(change.name);
        } else {
            durableNames.put(change.name, change.file);
        }
    }

    @Override
    public synchronized StoreFile open(String name) {
        if (!files.containsKey(name)) {
            throw new StorageException(name + " does not exist");
        }
        if (!pendingNames.isEmpty()) {
            syncNames(name);
        }
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

    /// Does an operation, unless it fails or the process ends within it.
    ///
    /// @param part what of it may be done by a process that ends; null when a crash decides
    private void perform(Operation operation, String name, Part part, Runnable whole) {
        Fault failing = begin(operation, name, part);
        if (failing != null) {
            throw new StorageException(failing.text + ": " + operation + " of " + name);
        }
        whole.run();
    }

    /// @return how the operation fails; null when it does not
    private Fault begin(Operation operation, String name, Part part) {
        if (stopped) {
            throw new PowerCut();
        }
        next = new Next(operation, name, part);
        if (observer != null) {
            observer.run();
        }
        operations++;
        int kind = operation.ordinal();
        if (name.startsWith(counted) && ++counts[kind] == failures[kind]) {
            return faults[kind];
        }
        if (operations == failAt) {
            return fault;
        }
        if (operations >= stopAt) {
            if (part != null) {
                part.on(this, random);
            }
            stopped = true;
            throw new PowerCut();
        }
        return null;
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
            int from = Math.toIntExact(at);
            synchronized (MemoryVolume.this) {
                check();
                Part part =
                        (volume, chance) ->
                                volume.files
                                        .get(name)
                                        .write(from, bytes, chance.nextInt(bytes.length + 1));
                Fault failing = begin(Operation.WRITE, name, part);
                file.write(from, bytes, written(failing, bytes.length));
                if (failing != null) {
                    throw new StorageException(failing.text + ": WRITE of " + name);
                }
            }
        }

        private int written(Fault failing, int length) {
            return switch (failing) {
                case null -> length;
                case IO_ERROR -> random.nextInt(length + 1);
                case NO_SPACE -> 0;
                case SHORT_WRITE -> length < 2 ? 0 : random.nextInt(1, length);
            };
        }

        @Override
        public void allocate(long from, long to) {
            synchronized (MemoryVolume.this) {
                check();
                perform(Operation.ALLOCATE, name, null, () -> takeRoom(to - from));
            }
        }

        private void takeRoom(long bytes) {
            if (usableBytes < bytes) {
                throw new StorageException("no space left on the disk in memory");
            }
            if (usableBytes != Long.MAX_VALUE) {
                usableBytes -= bytes;
            }
        }

        @Override
        public void sync() {
            synchronized (MemoryVolume.this) {
                check();
                Fault failing = begin(Operation.SYNC, name, null);
                if (failing == null) {
                    file.sync();
                } else {
                    file.syncInVain();
                    throw new StorageException(failing.text + ": SYNC of " + name);
                }
            }
        }

        @Override
        public void cut(long from, long length) {
            synchronized (MemoryVolume.this) {
                check();
                setLength(Math.toIntExact(from));
                setLength(Math.toIntExact(length));
                sync();
            }
        }

        private void setLength(int length) {
            Part part =
                    (volume, chance) -> {
                        if (chance.nextBoolean()) {
                            volume.files.get(name).setLength(length);
                        }
                    };
            perform(Operation.CUT, name, part, () -> file.setLength(length));
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
