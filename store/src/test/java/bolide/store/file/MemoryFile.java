package bolide.store.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/// The bytes of one file: as every reader sees them, as the disk holds them, and the changes that
/// lie between the two.
final class MemoryFile {
    static final int SECTOR_BYTES = 512;

    /// A change that the disk has not been told to keep.
    private sealed interface Change {
        record Written(int at, byte[] bytes) implements Change {}

        record Length(int length) implements Change {}
    }

    private final List<Change> pending = new ArrayList<>();
    private byte[] seen;
    private byte[] durable; // the same array as seen while nothing differs

    MemoryFile(int length) {
        seen = new byte[length];
        durable = seen;
    }

    MemoryFile(MemoryFile other) {
        seen = other.seen.clone();
        durable = other.durable == other.seen ? seen : other.durable.clone();
        pending.addAll(other.pending);
    }

    byte[] bytes() {
        return seen;
    }

    /// @param count how many of the bytes
    void write(int at, byte[] bytes, int count) {
        if (at + count > seen.length) {
            throw new IllegalStateException("write behind the end: " + at + " + " + count);
        }
        if (count > 0) {
            keepDurableApart();
            System.arraycopy(bytes, 0, seen, at, count);
            pending.add(
                    new Change.Written(
                            at, count == bytes.length ? bytes : Arrays.copyOf(bytes, count)));
        }
    }

    private void keepDurableApart() {
        if (durable == seen) {
            durable = seen.clone();
        }
    }

    void sync() {
        for (Change change : pending) {
            switch (change) {
                case Change.Written written -> {
                    int to = written.at + written.bytes.length;
                    copy(written, written.at, to);
                }
                case Change.Length length -> durable = Arrays.copyOf(durable, length.length);
            }
        }
        pending.clear();
    }

    /// As Linux does it: what could not be written counts as clean from now on, so that the next
    /// sync finds nothing to do.
    void syncInVain() {
        pending.removeIf(change -> change instanceof Change.Written);
    }

    /// Cuts or lengthens.
    void setLength(int length) {
        keepDurableApart();
        seen = Arrays.copyOf(seen, length); // the old bytes stay with who has mapped them
        pending.add(new Change.Length(length));
    }

    /// Leaves what a power cut leaves. Of a sector's writes the first few are there, of the changes
    /// of length too; one sector knows nothing of another.
    void crash(SplittableRandom random) {
        int share = random.nextInt(4); // of the changes that survive: none, some, most, all
        boolean lengthsStopped = false;
        BitSet stopped = new BitSet();
        for (Change change : pending) {
            switch (change) {
                case Change.Written written -> crash(written, share, stopped, random);
                case Change.Length length -> {
                    lengthsStopped |= random.nextInt(3) >= share;
                    if (!lengthsStopped) {
                        durable = Arrays.copyOf(durable, length.length);
                    }
                }
            }
        }
        pending.clear();
        seen = durable;
    }

    private void crash(Change.Written written, int share, BitSet stopped, SplittableRandom random) {
        int end = written.at + written.bytes.length;
        for (int sector = written.at / SECTOR_BYTES; sector * SECTOR_BYTES < end; sector++) {
            if (stopped.get(sector) || random.nextInt(3) >= share) {
                stopped.set(sector);
            } else {
                int from = Math.max(written.at, sector * SECTOR_BYTES);
                copy(written, from, Math.min(end, (sector + 1) * SECTOR_BYTES));
            }
        }
    }

    /// Brings a part of a write to the disk, as far as the file reaches there.
    private void copy(Change.Written written, int from, int to) {
        int reached = Math.min(to, durable.length);
        if (from < reached) {
            System.arraycopy(written.bytes, from - written.at, durable, from, reached - from);
        }
    }

    /// Changes the bytes behind the store's back, on the disk as well.
    void overwrite(int at, byte[] bytes) {
        System.arraycopy(bytes, 0, seen, at, bytes.length);
        System.arraycopy(bytes, 0, durable, at, bytes.length);
    }

    /// Cuts the file behind the store's back.
    void truncate(int length) {
        boolean same = seen == durable;
        seen = Arrays.copyOf(seen, length);
        durable = same ? seen : Arrays.copyOf(durable, length);
    }
}
