package bolide.store.crash;

import bolide.store.commitlog.Segments;
import bolide.store.file.MemoryVolume;
import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/// What one process sees of a disk, through a defect.
final class DefectiveVolume implements Volume {
    private final Defect defect;
    private final MemoryVolume volume;
    private final SplittableRandom random = new SplittableRandom(1);
    private StoreFile first;
    private StoreFile unsynced;

    DefectiveVolume(Defect defect, MemoryVolume volume) {
        this.defect = defect;
        this.volume = volume;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /// Does now what an earlier sync has put off.
    private void catchUp() {
        if (unsynced != null) {
            StoreFile file = unsynced;
            unsynced = null;
            file.sync();
        }
    }

    @Override
    public Claim claim() {
        return volume.claim();
    }

    @Override
    public List<String> list(String directory) {
        return volume.list(directory);
    }

    @Override
    public boolean exists(String name) {
        return volume.exists(name);
    }

    @Override
    public StoreFile create(String name, long length) {
        catchUp();
        return new File(name, defect.create(volume, name, length));
    }

    @Override
    public StoreFile open(String name) {
        return new File(name, volume.open(name));
    }

    @Override
    public void rename(String name, String newName) {
        catchUp();
        volume.rename(name, newName);
    }

    @Override
    public void delete(String name) {
        catchUp();
        volume.delete(name);
    }

    @Override
    public long usableBytes() {
        return volume.usableBytes();
    }

    @Override
    public long totalBytes() {
        return volume.totalBytes();
    }

    @Override
    public String describe() {
        return volume.describe();
    }

    /// A file as the process sees it.
    final class File implements StoreFile {
        final StoreFile real;
        private final String name;

        private File(String name, StoreFile real) {
            this.name = name;
            this.real = real;
            if (first == null) {
                first = real;
            }
        }

        DefectiveVolume volume() {
            return DefectiveVolume.this;
        }

        StoreFile first() {
            return first;
        }

        /// Puts a sync off until something else is done.
        void syncLater() {
            catchUp();
            unsynced = real;
        }

        @Override
        public long length() {
            return real.length();
        }

        @Override
        public void allocate(long from, long to) {
            catchUp();
            real.allocate(from, to);
        }

        @Override
        public void write(long at, ByteBuffer bytes) {
            if (name.startsWith(Segments.DIRECTORY)) {
                catchUp(); // what is written elsewhere comes before the acknowledgement
            }
            defect.write(this, at, bytes);
        }

        @Override
        public void sync() {
            defect.sync(this);
        }

        @Override
        public void cut(long from, long length) {
            catchUp();
            defect.cut(this, from, length);
        }

        @Override
        public Mapping map() {
            return defect.map(real);
        }

        @Override
        public void close() {
            catchUp();
            real.close();
        }
    }
}
