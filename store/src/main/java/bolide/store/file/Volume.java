package bolide.store.file;

import java.util.List;

/// The directory that a store lives in: the seam behind which the disk is. Names are paths below it
/// with `/` between their parts. Every failure is a [StorageException] that names the path.
public interface Volume {
    /// Holds the directory against other stores until closed.
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws StoreInUseException when it is held already; says by which process
    Claim claim();

    /// @return the names of the files in that directory, sorted, without those whose creation was
    ///   not finished; none when the directory does not exist
    List<String> list(String directory);

    boolean exists(String name);

    /// Creates a file of that length, sparse and reading as zeros, and makes its existence durable.
    /// Whatever happens meanwhile, the name stands for the whole file or for none; after a failure
    /// for none, so that it may be tried again.
    StoreFile create(String name, long length);

    /// Opens an existing file, and makes its existence durable: the process that created it may
    /// have ended before it had.
    StoreFile open(String name);

    /// Gives a file another name, which nobody has; durable on return. Whatever happens meanwhile,
    /// the file has one of both. Nobody has it open.
    void rename(String name, String newName);

    /// Removes a file; durable on return. Without effect when there is none of that name. Mappings
    /// and files that are open stay usable.
    void delete(String name);

    /// @return how many bytes can still be written, as far as the disk tells
    long usableBytes();

    /// @return how many bytes are in use or can still be written, so that the rest of a disk, which
    ///   is kept for others, does not count; [Long#MAX_VALUE] when that is not known
    long totalBytes();

    /// @return where the directory is, for people
    String describe();
}
