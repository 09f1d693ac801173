package bolide.store.index;

import bolide.protocol.message.RecordView;
import java.util.function.Predicate;

/// Shows single records of the log.
public interface RecordReader {
    /// @param question asked while the record's bytes are held in memory
    /// @return the answer; false when the log no longer has the record
    boolean test(long position, Predicate<RecordView> question);
}
