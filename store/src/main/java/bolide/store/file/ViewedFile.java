package bolide.store.file;

import java.nio.ByteBuffer;

/// A file that is only looked at.
record ViewedFile(DirectoryView directory, String name) implements StoreFile {
    @Override
    public long length() {
        return directory.length(name);
    }

    @Override
    public Mapping map() {
        return directory.map(name);
    }

    @Override
    public void allocate(long at, long bytes) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void write(long at, ByteBuffer bytes) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void sync() {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void cut(long from, long length) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void close() {
        // Only its mappings are open.
    }
}
