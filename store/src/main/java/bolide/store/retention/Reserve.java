package bolide.store.retention;

import bolide.store.file.StorageException;
import bolide.store.file.StoreFile;
import bolide.store.file.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Room on the disk that is held back for what has to be written before a segment may go: on a disk
/// filled to the last byte nothing could free any otherwise.
public final class Reserve {
    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
    private static final String NAME = "spare/reserve";
    private static final String UNREADY = "spare/reserve-unready"; // may lack its room
    private static final long MOST_BYTES = 8 * 1024 * 1024;

    private final Volume volume;
    private final long bytes;
    private boolean isHeld;

    /// @param segmentBytes of the log: in a small one small pieces do
    public Reserve(Volume volume, long segmentBytes) {
        this.volume = volume;
        this.bytes = Math.min(segmentBytes, MOST_BYTES);
        this.isHeld = volume.exists(NAME);
    }

    boolean isHeld() {
        return isHeld;
    }

    /// Takes the room, if the disk has it.
    void hold() {
        try {
            volume.delete(UNREADY); // an earlier try, or life, may have left one
            try (StoreFile file = volume.create(UNREADY, bytes)) {
                file.allocate(0, bytes);
                file.sync();
            }
            volume.rename(UNREADY, NAME);
            isHeld = true;
        } catch (StorageException refused) {
            LOG.warn("no room is held back for a full disk: {}", refused.getMessage());
        }
    }

    /// Leaves the room to who needs it now.
    ///
    /// @return whether there was any
    public boolean giveUp() {
        if (!isHeld) {
            return false;
        }
        try {
            volume.delete(UNREADY);
            volume.delete(NAME);
        } catch (StorageException refused) {
            LOG.warn("cannot use the room that was held back: {}", refused.getMessage());
            return false;
        }
        LOG.info("the disk is full: using {} bytes that were held back", bytes);
        isHeld = false;
        return true;
    }
}
