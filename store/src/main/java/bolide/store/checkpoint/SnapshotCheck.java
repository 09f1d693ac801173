package bolide.store.checkpoint;

import bolide.store.file.DirectoryView;
import bolide.store.file.StoreFile;
import bolide.store.verify.Check;
import bolide.store.verify.Finding;
import bolide.store.verify.Finding.Kind;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Compares the snapshots with their checksums.
public final class SnapshotCheck implements Check {
    private final DirectoryView directory;
    private final List<String> names;

    public SnapshotCheck(DirectoryView directory) {
        this.directory = directory;
        this.names =
                directory.list(SnapshotLayout.DIRECTORY).stream()
                        .map(name -> SnapshotLayout.DIRECTORY + "/" + name)
                        .toList();
    }

    @Override
    public String part() {
        return SnapshotLayout.DIRECTORY;
    }

    @Override
    public long bytes() {
        return names.stream().mapToLong(directory::length).sum();
    }

    @Override
    public void run(LongConsumer progress, Consumer<Finding> findings) {
        long done = 0;
        for (String name : names) {
            if (isUnfinished(name)) {
                findings.accept(
                        new Finding(Kind.TORN, name, 0, 0, "was not finished; nobody needs it"));
            } else if (Snapshot.read(directory, name).isEmpty()) {
                findings.accept(
                        new Finding(Kind.DAMAGE, name, 0, 0, "its checksum does not match"));
            }
            done += directory.length(name);
            progress.accept(done);
        }
    }

    /// The header is written last.
    private boolean isUnfinished(String name) {
        try (StoreFile.Mapping mapping = directory.map(name)) {
            return mapping.bytes().limit() < SnapshotLayout.HEADER_BYTES
                    || mapping.bytes().getLong(0) == 0;
        }
    }
}
