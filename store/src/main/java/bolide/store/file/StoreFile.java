package bolide.store.file;

import java.nio.ByteBuffer;

/// One file of a store. Writing belongs to one thread at a time, and so does syncing; the two may
/// meet. Every failure is a [StorageException] that names the path and the place in the file.
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

    /// Makes sure that bytes which read as zeros have their place on the disk, so that writing them
    /// later neither lacks room nor waits for the file system to find some. Nobody writes there
    /// meanwhile. After a failure, of which a full disk is the usual one, it may be tried again.
    ///
    /// @param from the first byte
    /// @param to behind the last byte, within the file's length
    void allocate(long from, long to);

    /// Returns when everything written before the call is on stable storage. After a failure it is
    /// unknown what is, and a second try could succeed without having written it.
    void sync();

    /// Forgets all bytes from a place on, then makes the file read as zeros up to a length; both
    /// durable on return, together with everything before that place. Should the process end
    /// within, the file may be found cut but not lengthened. No mapping may be open.
    ///
    /// @param from the first byte that is forgotten
    /// @param length of the file afterwards
    void cut(long from, long length);

    /// @return a view of the file at its present length
    Mapping map();

    @Override
    void close();
}
