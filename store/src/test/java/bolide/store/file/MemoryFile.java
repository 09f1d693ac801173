package bolide.store.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/// The bytes of one file twice: as every reader sees them, and as the disk holds them. What was
/// written and not synced differs by whole sectors; what was cut, by the steps of the cut.
final class MemoryFile {
    static final int SECTOR_BYTES = 512;

    private byte[] seen;
    private byte[] durable;
    private final BitSet unsynced = new BitSet();
    private final List<Integer> unsyncedLengths = new ArrayList<>();

    MemoryFile(int length) {
        seen = new byte[length];
        durable = new byte[length];
    }

    MemoryFile(MemoryFile other) {
        seen = other.seen.clone();
        durable = other.durable.clone();
        unsynced.or(other.unsynced);
        unsyncedLengths.addAll(other.unsyncedLengths);
    }

    byte[] bytes() {
        return seen;
    }

    void write(int at, byte[] bytes, int count) {
        if (at + count > seen.length) {
            throw new IllegalStateException("write behind the end: " + at + " + " + count);
        }
        if (count > 0) {
            System.arraycopy(bytes, 0, seen, at, count);
            unsynced.set(at / SECTOR_BYTES, (at + count - 1) / SECTOR_BYTES + 1);
        }
    }

    void sync() {
        if (!unsyncedLengths.isEmpty()) {
            durable = seen.clone();
        }
        for (int i = unsynced.nextSetBit(0); i >= 0; i = unsynced.nextSetBit(i + 1)) {
            copySector(i);
        }
        unsynced.clear();
        unsyncedLengths.clear();
    }

    /// As Linux does it: what could not be written counts as clean from now on, so that the next
    /// sync finds nothing to do.
    void syncInVain() {
        unsynced.clear();
    }

    /// Cuts or lengthens. What a cut takes may have reached the disk before, or not.
    void setLength(int length, SplittableRandom random) {
        if (length < seen.length) {
            int kept = (length + SECTOR_BYTES - 1) / SECTOR_BYTES;
            for (int i = unsynced.nextSetBit(kept); i >= 0; i = unsynced.nextSetBit(i + 1)) {
                if (random.nextBoolean()) {
                    copySector(i);
                }
            }
            unsynced.clear(kept, Math.max(kept, unsynced.length()));
        }
        seen = Arrays.copyOf(seen, length);
        unsyncedLengths.add(length);
    }

    /// Leaves what a power cut leaves: any of the unsynced sectors, the first few of the unsynced
    /// lengths.
    void crash(SplittableRandom random) {
        int lengths = random.nextInt(unsyncedLengths.size() + 1);
        for (int length : unsyncedLengths.subList(0, lengths)) {
            durable = Arrays.copyOf(durable, length);
        }
        int share = random.nextInt(4); // of the sectors that survive: none, some, most, all
        for (int i = unsynced.nextSetBit(0); i >= 0; i = unsynced.nextSetBit(i + 1)) {
            if (random.nextInt(3) < share) {
                copySector(i);
            }
        }
        unsynced.clear();
        unsyncedLengths.clear();
        seen = durable.clone();
    }

    private void copySector(int sector) {
        int from = sector * SECTOR_BYTES;
        int to = Math.min(from + SECTOR_BYTES, Math.min(seen.length, durable.length));
        if (from < to) {
            System.arraycopy(seen, from, durable, from, to - from);
        }
    }

    /// Changes the bytes behind the store's back, on the disk as well.
    void overwrite(int at, byte[] bytes) {
        System.arraycopy(bytes, 0, seen, at, bytes.length);
        System.arraycopy(bytes, 0, durable, at, bytes.length);
    }

    /// Cuts the file behind the store's back.
    void truncate(int length) {
        seen = Arrays.copyOf(seen, length);
        durable = Arrays.copyOf(durable, length);
    }
}
