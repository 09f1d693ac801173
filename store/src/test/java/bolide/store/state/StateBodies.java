package bolide.store.state;

import java.nio.ByteBuffer;
import java.util.List;

/// Makes bodies of state records.
public final class StateBodies {
    private StateBodies() {}

    public static byte[] of(StateChange... changes) {
        ByteBuffer body = StateRecord.encode(List.of(changes));
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }
}
