package bolide.store.checkpoint;

import bolide.store.commitlog.FlushedMark;
import bolide.store.file.DirectoryView;
import bolide.store.verify.LogFile;
import bolide.store.verify.LogReader;
import java.util.List;

/// Up to where a log was on stable storage once, as far as its directory tells: what is not whole
/// before that has been damaged since, what is not whole behind was never written.
public final class StableEnd {
    private StableEnd() {}

    /// @return what the mark of flushed bytes says or the newest snapshot, which exists only for
    ///   what was synced; 0 when neither tells
    /// @throws bolide.store.file.StorageException when the files are no log
    public static long of(DirectoryView directory) {
        List<LogFile> files = new LogReader(directory).files();
        if (files.isEmpty()) {
            return FlushedMark.readFrom(directory);
        }
        long start = files.getFirst().start();
        long snapshot =
                Snapshot.newest(directory, start, files.getLast().end())
                        .map(Snapshot::position)
                        .orElse(start);
        return Math.max(FlushedMark.readFrom(directory), snapshot);
    }
}
