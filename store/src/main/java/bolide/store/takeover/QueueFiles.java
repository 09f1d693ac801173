package bolide.store.takeover;

import bolide.store.file.DirectoryView;
import bolide.store.file.StoreFile;
import java.nio.ByteBuffer;
import java.util.List;

/// The consume-queue files of one queue of Apache's broker: units of 20 bytes, position, size and
/// tag hash, one behind the other; a file is named by the byte at which it begins.
final class QueueFiles {
    private static final int UNIT_BYTES = 20;
    private static final int SIZE_AT = 8;

    private final DirectoryView directory;
    private final String folder;
    private final List<String> names;

    QueueFiles(DirectoryView directory, String folder) {
        this.directory = directory;
        this.folder = folder;
        this.names =
                directory.list(folder).stream().filter(name -> name.matches("\\d{20}")).toList();
    }

    /// @return the offset behind the last message that lies below that position; 0 when none does.
    ///   What lies above is found in the log, which knows better
    long endBelow(long position) {
        for (int i = names.size() - 1; i >= 0; i--) {
            try (StoreFile.Mapping mapping = directory.map(folder + "/" + names.get(i))) {
                ByteBuffer units = mapping.bytes();
                int below = firstNotBelow(units, position);
                if (below > 0) {
                    return Long.parseLong(names.get(i)) / UNIT_BYTES + below;
                }
            }
        }
        return 0;
    }

    /// @return the position behind the last message of the queue; 0 when it has none
    long lastPosition() {
        for (int i = names.size() - 1; i >= 0; i--) {
            try (StoreFile.Mapping mapping = directory.map(folder + "/" + names.get(i))) {
                ByteBuffer units = mapping.bytes();
                int written = firstNotBelow(units, Long.MAX_VALUE);
                if (written > 0) {
                    int at = (written - 1) * UNIT_BYTES;
                    long position = units.getLong(at);
                    return position == 0 ? 0 : position + units.getInt(at + SIZE_AT);
                }
            }
        }
        return 0;
    }

    /// Positions grow along a queue, and what was never written is zero.
    private static int firstNotBelow(ByteBuffer units, long position) {
        int from = 0;
        int to = units.limit() / UNIT_BYTES;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int at = middle * UNIT_BYTES;
            if (units.getInt(at + SIZE_AT) > 0 && units.getLong(at) < position) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
