package bolide.app.takeover;

import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import java.util.List;

/// A volume that is claimed already, for longer than a store needs it.
record HeldVolume(Volume volume) implements Volume {
    @Override
    public Claim claim() {
        return () -> {};
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
        return volume.create(name, length);
    }

    @Override
    public StoreFile open(String name) {
        return volume.open(name);
    }

    @Override
    public void rename(String name, String newName) {
        volume.rename(name, newName);
    }

    @Override
    public void delete(String name) {
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
}
