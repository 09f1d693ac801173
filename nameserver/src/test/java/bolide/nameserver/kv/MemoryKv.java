package bolide.nameserver.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A place for values that outlives its users and can be full.
public final class MemoryKv implements KvStorage {
    private Optional<ByteBuffer> kept = Optional.empty();
    private boolean full;
    private int writes;

    @Override
    public Optional<ByteBuffer> read() {
        return kept.map(ByteBuffer::duplicate);
    }

    @Override
    public void replace(ByteBuffer bytes) {
        if (full) {
            throw new KvStorageException("cannot write memory: no space left");
        }
        writes++;
        kept = Optional.of(bytes.duplicate());
    }

    @Override
    public String describe() {
        return "memory";
    }

    void fill() {
        full = true;
    }

    void free() {
        full = false;
    }

    int writes() {
        return writes;
    }

    void put(String text) {
        kept = Optional.of(StandardCharsets.UTF_8.encode(text));
    }

    String text() {
        return StandardCharsets.UTF_8.decode(kept.orElseThrow().duplicate()).toString();
    }
}
