package bolide.app.architecture.broken.store.file;

import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Breaks nothing: this is where files are touched.
record MayTouchFiles(FileChannel channel, Path path) {}
