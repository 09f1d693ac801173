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
    private static final int LEAST_SHARE = 8; // of what is left: it is not to fill the disk itself

    private final Volume volume;
    private final long bytes;
    private boolean isHeld;
    private boolean isGivenUp; // in this life
    private boolean refused; // the last try; said once

    /// @param segmentBytes of the log: in a small one small pieces do
    public Reserve(Volume volume, long segmentBytes) {
        this.volume = volume;
        this.bytes = Math.min(segmentBytes, MOST_BYTES);
        this.isHeld = volume.exists(NAME);
    }

    boolean isHeld() {
        return isHeld;
    }

    /// @param usable bytes of the disk
    /// @return whether a disk that is rather full still has the room to spare. Not once it was
    ///   given up: who needed it may need it again
    boolean fitsInto(long usable) {
        return !isGivenUp && bytes <= usable / LEAST_SHARE;
    }

    /// Takes the room, if the disk has it.
    void hold() {
        try {
            volume.delete(UNREADY); // an earlier life may have left one
            try (StoreFile file = volume.create(UNREADY, bytes)) {
                file.allocate(0, bytes);
                file.sync();
            }
            volume.rename(UNREADY, NAME);
            isHeld = true;
            refused = false;
        } catch (StorageException failure) {
            if (!refused) {
                LOG.warn("no room is held back for a full disk: {}", failure.getMessage());
            }
            refused = true;
            delete(UNREADY); // it may have got a part of the room
        }
    }

    /// Leaves the room to who needs it now.
    ///
    /// @return whether there was any
    public boolean giveUp() {
        if (!isHeld) {
            return false;
        }
        isHeld = !delete(NAME);
        if (!isHeld) {
            isGivenUp = true;
            LOG.info("the disk is full: using {} bytes that were held back", bytes);
        }
        return !isHeld;
    }

    private boolean delete(String name) {
        try {
            volume.delete(name);
            return true;
        } catch (StorageException failure) {
            LOG.warn("room that was held back stays taken: {}", failure.getMessage());
            return false;
        }
    }
}
