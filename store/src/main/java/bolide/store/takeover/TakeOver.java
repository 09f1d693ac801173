package bolide.store.takeover;

import bolide.store.file.DirectoryView;
import bolide.store.file.Volume;
import java.util.List;

/// Makes room for Bolide in a directory of Apache's broker. Nothing is deleted or copied: what is
/// not needed is moved to the folder `apache`. May be stopped after any step and begun again.
public final class TakeOver {
    private final DirectoryView directory;
    private final Volume volume;

    /// @param volume the same directory, claimed
    public TakeOver(DirectoryView directory, Volume volume) {
        this.directory = directory;
        this.volume = volume;
    }

    /// Before the log is opened: moves what would be in its way, segments made ahead and the key
    /// index.
    public void clear(ApacheStore store) {
        List<String> unused = store.log().unused();
        for (String segment : unused.reversed()) { // never a gap in what stays
            move(segment);
        }
        if (ApacheFiles.isIndexInPlace(directory)) {
            move(ApacheFiles.INDEX);
        }
    }

    /// Once the log knows everything and is on stable storage: moves the rest, beginning with what
    /// tells that it does.
    public void moveOut() {
        if (directory.isDirectory(ApacheFiles.CONFIG)) {
            move(ApacheFiles.CONFIG);
        }
        for (String name : ApacheFiles.movable(directory)) {
            move(name);
        }
    }

    private void move(String name) {
        volume.rename(name, ApacheFiles.ATTIC + "/" + name);
    }
}
