package bolide.store.takeover;

import bolide.store.commitlog.Segments;
import bolide.store.file.DirectoryView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Which files of Apache's broker a directory holds, and whether they were taken over. A take-over
/// writes what they say to the log, then moves `config` to the attic, then the rest: `config` in
/// the attic means that the log knows everything.
public final class ApacheFiles {
    /// How far a directory has come from Apache's broker to Bolide.
    public enum Stage {
        /// Nothing of Apache's is there.
        NONE,
        /// As Apache's broker left it, or a take-over that wrote nothing yet or not all.
        UNTOUCHED,
        /// The log knows everything; not everything has been moved.
        HALFWAY,
        /// The log knows everything, and only the log is left.
        TAKEN_OVER,
        /// Taken over, and used by Apache's broker again afterwards.
        USED_AGAIN
    }

    /// The folder that takes what is Apache's but the log.
    public static final String ATTIC = "apache";

    static final String CONFIG = "config";
    static final String CONSUME_QUEUES = "consumequeue";
    static final String INDEX = "index";
    static final String ABORT = "abort";
    static final String POP_RECORDS = "kvStore";
    static final String COMPACTION = "compaction/compactionLog";

    private static final List<String> OTHERS =
            List.of(
                    CONSUME_QUEUES,
                    "consumequeue_ext",
                    "batchconsumequeue",
                    "checkpoint",
                    "timerwheel",
                    "timerlog",
                    "compaction",
                    "epochFileCheckpoint",
                    "epochFileCheckpoint.bak",
                    "brokerIdentity",
                    POP_RECORDS,
                    "rocksdbstore",
                    "transaction",
                    "abort.bak",
                    ABORT);

    private ApacheFiles() {}

    public static Stage stage(DirectoryView directory) {
        boolean moved = directory.isDirectory(ATTIC + "/" + CONFIG);
        if (directory.isDirectory(CONFIG)) {
            return moved ? Stage.USED_AGAIN : Stage.UNTOUCHED;
        }
        if (moved) {
            return movable(directory).isEmpty() ? Stage.TAKEN_OVER : Stage.HALFWAY;
        }
        return directory.isDirectory(CONSUME_QUEUES) ? Stage.UNTOUCHED : Stage.NONE;
    }

    /// @return whether the process that wrote last had no time to end
    public static boolean wasKilled(DirectoryView directory) {
        return directory.isFile(ABORT);
    }

    /// @return how long the segments of a directory that was Apache's have to be: as long as they
    ///   are; empty when it is of another kind
    public static OptionalLong keptSegmentBytes(DirectoryView directory) {
        List<String> names = directory.list(Segments.DIRECTORY);
        return stage(directory) == Stage.NONE || names.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(directory.length(Segments.DIRECTORY + "/" + names.getFirst()));
    }

    /// @return whether Apache's key index is where that of Bolide will be
    static boolean isIndexInPlace(DirectoryView directory) {
        return directory.isDirectory(INDEX) && !directory.isDirectory(ATTIC + "/" + INDEX);
    }

    /// @return what is to be moved once `config` is, in that order
    static List<String> movable(DirectoryView directory) {
        List<String> names = new ArrayList<>(OTHERS);
        names.removeIf(name -> !directory.isDirectory(name) && !directory.isFile(name));
        return names;
    }
}
