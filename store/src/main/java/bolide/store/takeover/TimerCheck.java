package bolide.store.takeover;

import bolide.protocol.message.PropertyNames;
import bolide.protocol.message.RecordView;
import bolide.store.file.DirectoryView;
import java.nio.ByteBuffer;

/// How far the timer wheel of Apache's broker has turned.
///
/// @param firedMillis everything due before has been delivered
/// @param nextOffset the first message of the wheel's queue that is not on the wheel yet
record TimerCheck(long firedMillis, long nextOffset) {
    private static final String FILE = ApacheFiles.CONFIG + "/timercheck";
    private static final int NEXT_OFFSET_AT = 16;
    private static final int BYTES = 24;

    static TimerCheck read(DirectoryView directory) {
        if (!directory.isFile(FILE) || directory.length(FILE) < BYTES) {
            return new TimerCheck(0, 0);
        }
        ByteBuffer bytes = ByteBuffer.wrap(directory.read(FILE));
        return new TimerCheck(bytes.getLong(0), bytes.getLong(NEXT_OFFSET_AT));
    }

    /// @return whether this message of the wheel's queue may still be waiting for its time
    boolean isWaiting(RecordView record) {
        if (record.queueOffset() >= nextOffset) {
            return true;
        }
        String due = record.properties().getOrDefault(PropertyNames.TIMER_OUT_MS, "");
        try {
            return Long.parseLong(due) >= firedMillis;
        } catch (NumberFormatException unknown) {
            return true;
        }
    }
}
