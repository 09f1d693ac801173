package bolide.store.retention;

import bolide.store.commitlog.Appender;
import bolide.store.file.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How full the disk is, and whether messages are taken in spite of it.
final class DiskUse {
    private static final Logger LOG = LoggerFactory.getLogger(DiskUse.class);

    private final Volume volume;
    private final RetentionConfig config;
    private final Appender appender;
    private int percent;
    private long usable;
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
        usable = Math.min(total, volume.usableBytes());
        percent = total == Long.MAX_VALUE ? 0 : (int) Math.ceil(100.0 * (total - usable) / total);
        if (percent >= config.refusePercent()) {
            String why =
                    "disk at "
                            + volume.describe()
                            + " is in use to "
                            + percent
                            + " %, no message is taken from "
                            + config.refusePercent()
                            + " % on until it has fallen to "
                            + config.forcePercent()
                            + " %; free some space, or keep messages for less time";
            appender.refuse(why);
            if (!refusing) {
                LOG.warn("{}", why);
            }
            refusing = true;
        } else if (refusing && percent <= config.forcePercent()) {
            refusing = false;
            appender.refuse("");
            LOG.info("messages are taken again: the disk is in use to {} %", percent);
        }
    }

    /// @return bytes that can still be written, as last seen
    long usable() {
        return usable;
    }

    /// @return whether messages go whatever their age
    boolean isForcing() {
        return percent > config.forcePercent();
    }

    /// @return of the disk in use, rounded up, as last seen
    int percent() {
        return percent;
    }
}
