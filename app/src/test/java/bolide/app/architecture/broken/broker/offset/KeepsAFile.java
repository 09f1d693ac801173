package bolide.app.architecture.broken.broker.offset;

import java.nio.file.Path;

/// Breaks: a test could not make this disk fail.
record KeepsAFile(Path path) {}
