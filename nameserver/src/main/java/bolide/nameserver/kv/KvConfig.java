package bolide.nameserver.kv;

import bolide.protocol.config.KvEntry;
import bolide.protocol.config.KvKey;
import bolide.protocol.text.Excerpt;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Values by namespace and key that tools leave with a name server. A change is kept before anybody
/// sees it. For any thread: one changes at a time and may wait for the disk, readers never wait.
public final class KvConfig {
    /// Most that all values take together with their keys; each change writes all of it.
    public static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(KvConfig.class);

    private final KvStorage storage;
    private volatile SortedMap<String, SortedMap<String, String>> namespaces; // never changed
    private boolean isKept = true; // else the last try may have been written, or not

    /// Takes up what was kept.
    ///
    /// @throws KvStorageException when that is damaged
    public KvConfig(KvStorage storage) {
        this.storage = storage;
        this.namespaces = storage.read().map(this::decode).orElseGet(TreeMap::new);
    }

    private SortedMap<String, SortedMap<String, String>> decode(ByteBuffer bytes) {
        try {
            return KvFormat.decode(bytes);
        } catch (KvStorageException damaged) {
            throw new KvStorageException(
                    storage.describe()
                            + " "
                            + damaged.getMessage()
                            + "; put a copy of it in its place, or move it away to begin without"
                            + " values");
        }
    }

    public Optional<String> find(KvKey at) {
        return namespace(at.namespace()).map(values -> values.get(at.key()));
    }

    /// @return the values of a namespace by key, also when all have been forgotten; empty when
    ///   nobody has put one there
    public Optional<SortedMap<String, String>> namespace(String namespace) {
        return Optional.ofNullable(namespaces.get(namespace));
    }

    public synchronized KvChange put(KvEntry entry) {
        KvKey at = entry.at();
        if (isKept && find(at).filter(entry.value()::equals).isPresent()) {
            return new KvChange.Done();
        }
        SortedMap<String, String> values = copy(at.namespace());
        values.put(at.key(), entry.value());
        return replace(at, values);
    }

    /// Forgets a value; without effect when there is none.
    public synchronized KvChange remove(KvKey at) {
        if (isKept && find(at).isEmpty()) {
            return new KvChange.Done();
        }
        SortedMap<String, String> values = copy(at.namespace());
        values.remove(at.key());
        return replace(at, values);
    }

    private SortedMap<String, String> copy(String namespace) {
        return new TreeMap<>(namespace(namespace).orElseGet(Collections::emptySortedMap));
    }

    private KvChange replace(KvKey at, SortedMap<String, String> values) {
        SortedMap<String, SortedMap<String, String>> after = new TreeMap<>(namespaces);
        after.put(at.namespace(), Collections.unmodifiableSortedMap(values));
        ByteBuffer bytes = KvFormat.encode(after);
        boolean grows = values.size() >= namespace(at.namespace()).map(Map::size).orElse(0);
        if (grows && bytes.remaining() > MOST_BYTES) {
            return new KvChange.Refused(
                    "with this value the configuration would take "
                            + bytes.remaining()
                            + " bytes; at most "
                            + MOST_BYTES
                            + " are kept: delete what is not needed first");
        }
        try {
            storage.replace(bytes);
        } catch (KvStorageException failure) {
            isKept = false;
            LOG.error("the configuration stays as it was: {}", failure.getMessage());
            return new KvChange.Refused(
                    "key " + Excerpt.of(at.key()) + " stays as it was: " + failure.getMessage());
        }
        isKept = true;
        namespaces = after;
        return new KvChange.Done();
    }
}
