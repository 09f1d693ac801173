package bolide.app.architecture.broken.store.commitlog;

import java.io.IOException;
import java.nio.channels.FileChannel;

/// Breaks: of the store, only the volume touches files.
final class MapsAFile {
    long size(FileChannel channel) throws IOException {
        return channel.size();
    }
}
