package bolide.store.checkpoint;

import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import bolide.store.state.Fact;
import bolide.store.state.StateKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What held at one position of the log, read from a file whose checksums have been compared.
public final class Snapshot {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    /// Told everything that a snapshot holds.
    public interface Reader {
        void fact(Fact fact);

        /// @param lifeStart where the topic's present life begins in the log
        /// @param end the queue's next offset
        void queue(String topic, int queueId, long lifeStart, long end);
    }

    private final SnapshotLayout.Header header;
    private final ByteBuffer entries;

    private Snapshot(SnapshotLayout.Header header, ByteBuffer entries) {
        this.header = header;
        this.entries = entries;
    }

    /// @return the newest whole snapshot of a position in that range, and none when there is none
    public static Optional<Snapshot> newest(Volume volume, long from, long to) {
        for (String name : namesNewestFirst(volume)) {
            Optional<Snapshot> snapshot = read(volume, name);
            if (snapshot.isEmpty()) {
                LOG.warn("snapshot {} is damaged or unfinished; doing without it", name);
            } else if (snapshot.get().position() >= from && snapshot.get().position() <= to) {
                return snapshot;
            }
        }
        return Optional.empty();
    }

    /// Deletes the snapshots that nobody needs beside the one of that position: all but the newest
    /// whole one before it, which is kept in case this one is damaged.
    static void deleteAllBut(Volume volume, long position) {
        String kept = SnapshotLayout.nameOf(position);
        boolean isOlderKept = false;
        for (String name : namesNewestFirst(volume)) {
            int order = name.compareTo(kept);
            if (order < 0 && !isOlderKept && read(volume, name).isPresent()) {
                isOlderKept = true;
            } else if (order != 0) {
                volume.delete(name);
            }
        }
    }

    /// @return the snapshots' names, the newest first
    private static List<String> namesNewestFirst(Volume volume) {
        return volume.list(SnapshotLayout.DIRECTORY).reversed().stream()
                .map(name -> SnapshotLayout.DIRECTORY + "/" + name)
                .toList();
    }

    /// @param name of the file below the store's directory
    /// @return empty when the file is no whole snapshot
    static Optional<Snapshot> read(Volume volume, String name) {
        try (StoreFile file = volume.open(name)) {
            if (file.length() < SnapshotLayout.HEADER_BYTES || file.length() > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            try (StoreFile.Mapping mapping = file.map()) {
                return read(mapping.bytes());
            }
        } catch (StorageException unreadable) {
            LOG.warn("cannot read snapshot {}: {}", name, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Snapshot> read(ByteBuffer file) {
        SnapshotLayout.Header header = SnapshotLayout.readHeader(file);
        if (header == null) {
            return Optional.empty();
        }
        ByteBuffer entries = ByteBuffer.allocate(file.limit() - SnapshotLayout.HEADER_BYTES);
        entries.put(0, file, SnapshotLayout.HEADER_BYTES, entries.capacity());
        CRC32 crc = new CRC32();
        crc.update(entries.array());
        return (int) crc.getValue() == header.crc()
                ? Optional.of(new Snapshot(header, entries))
                : Optional.empty();
    }

    /// @return everything below is in the snapshot
    public long position() {
        return header.position();
    }

    /// @return the latest store time below the position
    public long newest() {
        return header.newest();
    }

    public void read(Reader reader) {
        entries.clear();
        byte[] lastTopicBytes = {};
        String lastTopic = "";
        while (entries.hasRemaining()) {
            byte kind = entries.get();
            ByteBuffer entry = entries.slice(entries.position() + 4, entries.getInt());
            entries.position(entries.position() + entry.limit());
            if (kind == SnapshotLayout.FACT) {
                reader.fact(fact(entry));
            } else if (kind == SnapshotLayout.QUEUE) {
                int queueId = entry.getInt();
                long lifeStart = entry.getLong();
                long end = entry.getLong();
                byte[] topic = rest(entry, entry.remaining());
                if (!Arrays.equals(topic, lastTopicBytes)) {
                    lastTopicBytes = topic;
                    lastTopic = new String(topic, StandardCharsets.UTF_8);
                }
                reader.queue(lastTopic, queueId, lifeStart, end);
            }
        }
    }

    private static Fact fact(ByteBuffer entry) {
        StateKind kind = new StateKind(entry.getShort() & 0xFFFF);
        long position = entry.getLong();
        byte[] key = rest(entry, entry.getShort() & 0xFFFF);
        byte[] value = rest(entry, entry.remaining());
        return new Fact(kind, new String(key, StandardCharsets.UTF_8), value, position);
    }

    private static byte[] rest(ByteBuffer entry, int length) {
        byte[] bytes = new byte[length];
        entry.get(bytes);
        return bytes;
    }
}
