package bolide.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A folder of a directory that takes what is not needed there any more, without copying it. Moves
/// nothing over what lies there already. Only while the directory is claimed.
public final class Attic {
    private final Path root;
    private final String folder;

    /// @param root the directory
    /// @param folder its folder, made when something is put there
    public Attic(Path root, String folder) {
        this.root = root.toAbsolutePath().normalize();
        this.folder = folder;
    }

    /// Moves a file or folder to the same name below the attic's; durable on return.
    ///
    /// @param name a path below the directory, with `/` between its parts
    public void put(String name) {
        Path from = root.resolve(name);
        Path to = root.resolve(folder).resolve(name);
        try {
            DirectoryVolume.makeDirectory(to.getParent());
            if (Files.exists(to)) {
                throw new StorageException(
                        "cannot move " + from + ": there is a " + to + " already; move that away");
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            DirectoryVolume.syncDirectory(to.getParent());
            DirectoryVolume.syncDirectory(from.getParent());
        } catch (IOException failure) {
            throw new StorageException("cannot move " + from + " to " + to, failure);
        }
    }
}
