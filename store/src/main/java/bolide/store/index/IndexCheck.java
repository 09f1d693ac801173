package bolide.store.index;

import bolide.store.file.DirectoryView;
import bolide.store.file.StoreFile;
import bolide.store.verify.Check;
import bolide.store.verify.Finding;
import bolide.store.verify.Finding.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Compares everything in the index files with its checksums.
public final class IndexCheck implements Check {
    private final DirectoryView directory;
    private final List<String> names;

    public IndexCheck(DirectoryView directory) {
        this.directory = directory;
        this.names =
                directory.list(IndexFile.DIRECTORY).stream()
                        .map(name -> IndexFile.DIRECTORY + "/" + name)
                        .toList();
    }

    @Override
    public String part() {
        return IndexFile.DIRECTORY;
    }

    @Override
    public long bytes() {
        return names.stream().mapToLong(directory::length).sum();
    }

    @Override
    public void run(LongConsumer progress, Consumer<Finding> findings) {
        long done = 0;
        for (String name : names) {
            String digits = name.substring(IndexFile.DIRECTORY.length() + 1);
            if (digits.matches("\\d{20}")) {
                check(name, Long.parseLong(digits), findings);
            } else {
                findings.accept(new Finding(Kind.NOTE, name, 0, 0, "this is no index file"));
            }
            done += directory.length(name);
            progress.accept(done);
        }
    }

    private void check(String name, long start, Consumer<Finding> findings) {
        try (StoreFile.Mapping mapping = directory.map(name)) {
            ByteBuffer bytes = mapping.bytes();
            if (bytes.limit() < IndexFormat.HEADER_BYTES || bytes.getLong(0) == 0) {
                findings.accept(
                        new Finding(
                                Kind.TORN,
                                name,
                                0,
                                0,
                                "was not finished; the next start makes it anew"));
                return;
            }
            try {
                IndexFile.open(start, directory.open(name)).release();
                new Walk(bytes, start).run();
            } catch (DamagedIndexException header) {
                findings.accept(new Finding(Kind.DAMAGE, name, 0, 0, "its header is damaged"));
            } catch (Mismatch found) {
                findings.accept(
                        new Finding(Kind.DAMAGE, name, found.at, 0, "a checksum does not match"));
            }
        }
    }

    /// The first place of a file that is not as it was written.
    private static final class Mismatch extends RuntimeException {
        private final int at;

        Mismatch(int at) {
            super(null, null, false, false);
            this.at = at;
        }
    }

    private record Walk(ByteBuffer bytes, long start) {
        void run() {
            int directoryAt = bytes.getInt(IndexFormat.DIRECTORY_AT);
            int slots = bytes.getInt(IndexFormat.SLOTS_AT);
            for (int slot = 0; slot < slots; slot++) {
                int at = directoryAt + slot * IndexFormat.SLOT_BYTES;
                if (bytes.getInt(at + IndexFormat.SLOT_CRC_AT)
                        != IndexFormat.slotChecksum(bytes, at, start, slot)) {
                    throw new Mismatch(at);
                }
                if (bytes.getInt(at + IndexFormat.SLOT_COUNT_AT) > 0) {
                    checkName(bytes.getInt(at + IndexFormat.SLOT_NAME_AT));
                    checkEntries(at);
                }
            }
            checkKeys();
        }

        private void checkName(int at) {
            int length = bytes.getShort(at) & 0xFFFF;
            if (at + length + IndexFormat.NAME_LENGTH_BYTES + IndexFormat.CRC_BYTES
                    > bytes.limit()) {
                throw new Mismatch(at);
            }
            check(at, IndexFormat.NAME_LENGTH_BYTES + length, at);
        }

        private void checkEntries(int slotAt) {
            long hash = bytes.getLong(slotAt);
            long firstOffset = bytes.getLong(slotAt + IndexFormat.SLOT_FIRST_OFFSET_AT);
            int count = bytes.getInt(slotAt + IndexFormat.SLOT_COUNT_AT);
            int entriesAt = bytes.getInt(slotAt + IndexFormat.SLOT_ENTRIES_AT);
            for (int before = 0; before < count; before += IndexFormat.BLOCK_ENTRIES) {
                int entries = Math.min(IndexFormat.BLOCK_ENTRIES, count - before);
                check(
                        entriesAt + (int) IndexFormat.entriesBytes(before),
                        entries * IndexFormat.ENTRY_BYTES,
                        IndexFormat.entriesPlace(hash, firstOffset + before));
            }
        }

        private void checkKeys() {
            int keysAt = bytes.getInt(IndexFormat.KEYS_AT);
            int count = bytes.getInt(IndexFormat.KEY_COUNT_AT);
            for (int first = 0; first < count; first += IndexFormat.BLOCK_KEYS) {
                int keys = Math.min(IndexFormat.BLOCK_KEYS, count - first);
                check(
                        keysAt + (int) IndexFormat.keysBytes(first),
                        keys * IndexFormat.KEY_BYTES,
                        first);
            }
        }

        private void check(int at, int length, long place) {
            if (bytes.getInt(at + length)
                    != IndexFormat.checksum(bytes, at, length, start, place)) {
                throw new Mismatch(at);
            }
        }
    }
}
