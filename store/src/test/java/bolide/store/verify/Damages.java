package bolide.store.verify;

import bolide.store.commitlog.Segments;
import bolide.store.file.MemoryVolume;
import java.util.List;
import java.util.SplittableRandom;

/// Does to a store of several segments what disks, crashes and people do.
final class Damages {
    private static final int SECTOR = 512;

    private Damages() {}

    /// @return what was done
    static String inflict(MemoryVolume volume, SplittableRandom random) {
        StringBuilder done = new StringBuilder();
        if (random.nextBoolean()) {
            lose(volume, "flushed", done);
        }
        if (random.nextBoolean()) {
            lose(volume, "snapshot/", done);
            lose(volume, "index/", done);
        }
        List<String> segments =
                volume.names().stream()
                        .filter(name -> name.startsWith(Segments.DIRECTORY))
                        .toList();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int which = Math.min(random.nextInt(5), segments.size() - 1); // mostly the last
            done.append(damage(volume, segments.get(which), random)).append("; ");
        }
        return done.toString();
    }

    private static void lose(MemoryVolume volume, String prefix, StringBuilder done) {
        volume.names().stream().filter(name -> name.startsWith(prefix)).forEach(volume::lose);
        done.append("without ").append(prefix).append("; ");
    }

    private static String damage(MemoryVolume volume, String segment, SplittableRandom random) {
        int length = volume.read(segment).length;
        if (length == 0) {
            return segment + " is empty";
        }
        int at = random.nextInt(length);
        int bytes = Math.min(length - at, random.nextInt(1, 12 * SECTOR));
        String where = segment + " at " + at;
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                volume.flip(segment, 8L * at + random.nextInt(8));
                return "a bit of " + where;
            }
            case 3 -> {
                volume.overwrite(segment, at, new byte[bytes]);
                return bytes + " zeros in " + where;
            }
            case 4 -> {
                byte[] noise = new byte[bytes];
                random.nextBytes(noise);
                volume.overwrite(segment, at, noise);
                return bytes + " bytes of noise in " + where;
            }
            case 5 -> {
                byte[] elsewhere = new byte[bytes];
                int from = random.nextInt(length - bytes + 1);
                System.arraycopy(volume.read(segment), from, elsewhere, 0, bytes);
                volume.overwrite(segment, at, elsewhere);
                return bytes + " bytes from " + from + " in " + where;
            }
            case 6 -> {
                volume.overwrite(segment, at, new byte[length - at]);
                return "zeros to the end of " + where;
            }
            default -> {
                volume.overwrite(
                        segment,
                        at / SECTOR * SECTOR,
                        new byte[Math.min(SECTOR, length - at / SECTOR * SECTOR)]);
                return "a sector of " + where;
            }
        }
    }
}
