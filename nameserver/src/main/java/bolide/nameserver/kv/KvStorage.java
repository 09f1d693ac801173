package bolide.nameserver.kv;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Where the values stay when the process ends: a file, or a test's memory.
public interface KvStorage {
    /// @return what was kept last; empty when nothing ever was
    Optional<ByteBuffer> read();

    /// Keeps these bytes instead of those before. Durable on return; whatever happens meanwhile,
    /// either all of these are kept or all of those.
    ///
    /// @throws KvStorageException when they are not kept
    void replace(ByteBuffer bytes);

    /// @return where that is, for people
    String describe();
}
