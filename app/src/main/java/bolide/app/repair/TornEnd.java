package bolide.app.repair;

import bolide.app.server.StoreOrigin;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.file.DirectoryView;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.StoreFile;
import bolide.store.verify.LogFile;
import bolide.store.verify.LogReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Bytes behind the last whole record of a log, to be cut off.
public final class TornEnd {
    private static final String FOLDER = "torn/";

    private final Path directory;
    private final LogReader.Outcome log;

    public TornEnd(Path directory, LogReader.Outcome log) {
        this.directory = directory;
        this.log = log;
    }

    /// @return what [#cut] does, as a sentence without its beginning
    public String plan() {
        return "cut "
                + log.tornBytes()
                + " bytes off "
                + log.lastFile()
                + " at position "
                + log.end()
                + ", and keep them in "
                + copy();
    }

    private String copy() {
        return FOLDER + log.end();
    }

    /// Keeps a copy, then opens the store once, which cuts as every start does.
    public void cut() {
        DirectoryView view = new DirectoryView(directory);
        LogFile last =
                new LogReader(view)
                        .files().stream()
                                .filter(file -> file.path().equals(log.lastFile()))
                                .findFirst()
                                .orElseThrow();
        DirectoryVolume volume = new DirectoryVolume(directory);
        keep(view, volume, last);
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
        if (view.isFile(copy())) {
            volume.delete(copy()); // of a repair that came no further
        }
        try (StoreFile.Mapping mapping = view.map(last.path());
                StoreFile file = volume.create(copy(), log.tornBytes())) {
            int at = (int) (log.end() - last.start());
            ByteBuffer torn = mapping.bytes().slice(at, (int) log.tornBytes());
            file.write(0, torn);
            file.sync();
        }
    }
}
