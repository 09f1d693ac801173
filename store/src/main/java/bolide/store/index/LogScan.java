package bolide.store.index;

import bolide.protocol.message.RecordView;
import java.util.function.Consumer;

/// Reads a part of the log that is being indexed once more.
public interface LogScan {
    /// Shows every record that begins in the stretch, in the order of their positions, each
    /// compared with its checksums; the view is moved on afterwards.
    void forEach(Stretch stretch, Consumer<RecordView> visitor);
}
