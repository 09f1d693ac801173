package bolide.app.server;

import bolide.nameserver.kv.KvStorage;
import bolide.nameserver.kv.KvStorageException;
import bolide.store.file.StorageException;
import bolide.store.file.StoreInUseException;
import bolide.store.file.WholeFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// The file of a name server's values, named and written as Apache's name server does.
final class KvFile implements KvStorage, AutoCloseable {
    private static final String DIRECTORY = "nameserver";
    private static final String NAME = "kvConfig.json";

    private final WholeFile file;

    /// @param data the directory that holds everything
    /// @throws StoreInUseException when another name server works there
    /// @throws StorageException when it cannot be used
    KvFile(Path data) {
        this.file = new WholeFile(data.resolve(DIRECTORY), NAME);
    }

    @Override
    public Optional<ByteBuffer> read() {
        return file.read();
    }

    @Override
    public void replace(ByteBuffer bytes) {
        try {
            file.replace(bytes);
        } catch (StorageException | StoreInUseException failure) {
            throw new KvStorageException(failure.getMessage(), failure);
        }
    }

    @Override
    public String describe() {
        return file.describe();
    }

    @Override
    public void close() {
        file.close();
    }
}
