package bolide.store.file;

import java.nio.ByteBuffer;

/// One file of a store. Writing and syncing belong to one thread at a time. Every failure is a
/// [StorageException] that names the path and the place in the file.
public interface StoreFile extends AutoCloseable {
    /// A file's bytes as memory, to be read only. Sees every write to the file.
    interface Mapping extends AutoCloseable {
        /// @return all bytes of the file; good until the mapping is closed
        ByteBuffer bytes();

        @Override
        void close();
    }

    long length();

    /// Writes all bytes from position to limit, which are left as they are.
    ///
    /// @param at the place in the file of the first byte
    void write(long at, ByteBuffer bytes);

    /// Returns when everything written so far is on stable storage.
    void sync();

    /// Cuts the file, then makes it read as zeros up to its former length; both durable on return.
    ///
    /// @param from the first byte that is forgotten
    void zeroFrom(long from);

    /// @return a view of the file at its present length
    Mapping map();

    @Override
    void close();
}
