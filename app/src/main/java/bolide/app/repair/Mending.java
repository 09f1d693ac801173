package bolide.app.repair;

import bolide.app.server.StoreOrigin;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.commitlog.Segments;
import bolide.store.file.DirectoryView;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.StoreFile;
import bolide.store.verify.Finding;
import bolide.store.verify.LogFile;
import bolide.store.verify.LogReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What can be mended in a data directory without losing anything: a torn end of the log, of which
/// a copy is kept, and files that follow from the log.
public final class Mending {
    private static final String COPIES = "torn/";

    private final Path directory;
    private final LogReader.Outcome log;
    private final List<String> derived;

    /// @param findings what was found wrong
    public Mending(Path directory, LogReader.Outcome log, List<Finding> findings) {
        this.directory = directory;
        this.log = log;
        this.derived =
                findings.stream()
                        .filter(finding -> finding.kind() != Finding.Kind.NOTE)
                        .filter(Mending::isDerived)
                        .map(Finding::file)
                        .distinct()
                        .toList();
    }

    /// @return whether the file follows from the log
    public static boolean isDerived(Finding finding) {
        return !finding.file().startsWith(Segments.DIRECTORY);
    }

    /// @return what [#run] does, each step a sentence without its beginning; none when there is
    ///   nothing to do
    public List<String> plan() {
        List<String> steps = new ArrayList<>();
        if (!log.torn().isEmpty()) {
            steps.add(
                    "cut "
                            + log.tornBytes()
                            + " bytes off "
                            + log.lastFile()
                            + " at position "
                            + log.end()
                            + ", and keep them in "
                            + copy());
        }
        derived.forEach(file -> steps.add("delete " + file + ", and make anew what it held"));
        return steps;
    }

    private String copy() {
        return COPIES + log.end();
    }

    /// Keeps what cannot be made again, then opens the store once, which mends as every start does.
    public void run() {
        DirectoryView view = new DirectoryView(directory);
        LogFile last =
                new LogReader(view)
                        .files().stream()
                                .filter(file -> file.path().equals(log.lastFile()))
                                .findFirst()
                                .orElseThrow();
        DirectoryVolume volume = new DirectoryVolume(directory);
        if (!log.torn().isEmpty()) {
            keep(view, volume, last);
        }
        derived.forEach(volume::delete);
        StoreConfig asked =
                new StoreConfig(
                        StoreConfig.DEFAULT.flush(),
                        StoreConfig.DEFAULT.flushInterval(),
                        Math.clamp(
                                last.length(),
                                StoreConfig.SMALLEST_SEGMENT_BYTES,
                                StoreConfig.LARGEST_SEGMENT_BYTES));
        new Store(volume, StoreOrigin.of(directory).settings(asked)).close();
    }

    private void keep(DirectoryView view, DirectoryVolume volume, LogFile last) {
        volume.delete(copy()); // of a repair that came no further
        try (StoreFile.Mapping mapping = view.map(last.path());
                StoreFile file = volume.create(copy(), log.tornBytes())) {
            int at = (int) (log.end() - last.start());
            ByteBuffer torn = mapping.bytes().slice(at, (int) log.tornBytes());
            file.write(0, torn);
            file.sync();
        }
    }
}
