package bolide.store.retention;

import bolide.store.commitlog.Appender;
import bolide.store.file.Volume;

/// How full the disk is, and whether messages are taken in spite of it.
final class DiskUse {
    private final Volume volume;
    private final RetentionConfig config;
    private final Appender appender;
    private int percent;
    private boolean refusing;

    DiskUse(Volume volume, RetentionConfig config, Appender appender) {
        this.volume = volume;
        this.config = config;
        this.appender = appender;
    }

    /// Looks at the disk.
    ///
    /// @throws bolide.store.file.StorageException when it does not say
    void look() {
        long total = volume.totalBytes();
        long usable = Math.min(total, volume.usableBytes());
        percent = total == Long.MAX_VALUE ? 0 : (int) Math.ceil(100.0 * (total - usable) / total);
        if (percent >= config.refusePercent()) {
            refusing = true;
            appender.refuse(
                    "disk at "
                            + volume.describe()
                            + " is in use to "
                            + percent
                            + " %, no message is taken from "
                            + config.refusePercent()
                            + " % on until it has fallen to "
                            + config.forcePercent()
                            + " %; free some space, or keep messages for less time");
        } else if (refusing && percent <= config.forcePercent()) {
            refusing = false;
            appender.refuse("");
        }
    }

    /// @return of the disk in use, rounded up, as last seen
    int percent() {
        return percent;
    }
}
