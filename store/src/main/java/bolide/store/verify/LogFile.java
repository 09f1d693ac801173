package bolide.store.verify;

import bolide.store.commitlog.Segments;
import bolide.store.file.DirectoryView;
import bolide.store.file.StorageException;
import java.util.ArrayList;
import java.util.List;

/// One segment of a log that is only looked at.
///
/// @param path below the store's directory
/// @param start the position of its first byte
/// @param length how many bytes it has
public record LogFile(String path, long start, long length) {
    private static final int NAME_DIGITS = 20;

    /// @return the segments in the order of their positions
    /// @throws StorageException when one is missing between two others, or a name is none
    static List<LogFile> all(DirectoryView directory) {
        List<LogFile> files = new ArrayList<>();
        for (String name : directory.list(Segments.DIRECTORY)) {
            String path = Segments.DIRECTORY + "/" + name;
            LogFile file = new LogFile(path, startOf(path, name), directory.length(path));
            if (!files.isEmpty() && file.start != files.getLast().end()) {
                throw new StorageException(
                        "commit log of "
                                + directory.describe()
                                + " has no segment for position "
                                + files.getLast().end()
                                + "; the next one is "
                                + name
                                + ": bring the missing segments back");
            }
            files.add(file);
        }
        return files;
    }

    private static long startOf(String path, String name) {
        if (name.length() == NAME_DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            try {
                return Long.parseLong(name);
            } catch (NumberFormatException tooLarge) {
                throw new StorageException(path + " begins beyond the largest position");
            }
        }
        throw new StorageException(path + " is no segment of a log; move it away");
    }

    /// @return the position behind its last byte
    public long end() {
        return start + length;
    }
}
