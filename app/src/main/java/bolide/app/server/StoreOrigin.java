package bolide.app.server;

import bolide.app.config.ConfigException;
import bolide.store.StoreConfig;
import bolide.store.file.DirectoryView;
import bolide.store.takeover.ApacheFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Where a data directory comes from, as far as a start has to know.
///
/// @param keptSegmentBytes how long the segments have to be because Apache's broker made the first
///   ones; empty when nobody but Bolide wrote there
public record StoreOrigin(OptionalLong keptSegmentBytes) {
    /// @throws ConfigException when it is that of Apache's broker still
    public static StoreOrigin of(Path directory) {
        if (!Files.isDirectory(directory)) {
            return new StoreOrigin(OptionalLong.empty());
        }
        DirectoryView view = new DirectoryView(directory);
        return switch (ApacheFiles.stage(view)) {
            case NONE, TAKEN_OVER -> new StoreOrigin(ApacheFiles.keptSegmentBytes(view));
            case UNTOUCHED, HALFWAY ->
                    throw ConfigException.of(
                            "data",
                            directory.toString(),
                            "holds a store of Apache's broker that is not taken over; stop that"
                                    + " broker, and run: bolide store takeover "
                                    + directory);
            case USED_AGAIN ->
                    throw ConfigException.of(
                            "data",
                            directory.toString(),
                            "was used by Apache's broker again after it was taken over; see: bolide"
                                    + " store takeover "
                                    + directory);
        };
    }

    public StoreConfig settings(StoreConfig asked) {
        return keptSegmentBytes.isPresent()
                ? new StoreConfig(
                        asked.flush(),
                        asked.flushInterval(),
                        keptSegmentBytes.getAsLong(),
                        asked.checkpoint(),
                        asked.retention())
                : asked;
    }
}
