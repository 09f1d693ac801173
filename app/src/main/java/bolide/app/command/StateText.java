package bolide.app.command;

import bolide.broker.group.GroupTopics;
import bolide.broker.offset.Offsets;
import bolide.store.state.QueueEnds;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/// A change of state as people read it.
final class StateText {
    private static final List<StateKind> AS_TEXT = List.of(StateKind.TOPIC, StateKind.GROUP);

    private StateText() {}

    /// @return one line
    static String of(StateChange change) {
        return change.kind()
                + " "
                + change.key()
                + (change.removed() ? " removed" : " " + value(change));
    }

    /// @param change one that sets a value
    static String value(StateChange change) {
        if (AS_TEXT.contains(change.kind())) {
            return new String(change.value(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        }
        if (change.kind().equals(StateKind.OFFSET)) {
            return Long.toString(Offsets.decode(change.value()));
        }
        if (change.kind().equals(StateKind.QUEUE_ENDS)) {
            StringJoiner ends = new StringJoiner(" ");
            QueueEnds.decode(change.value(), (queueId, end) -> ends.add(queueId + ":" + end));
            return ends.toString();
        }
        if (change.kind().equals(StateKind.EPOCH) && change.value().length == Long.BYTES) {
            return "from position " + ByteBuffer.wrap(change.value()).getLong();
        }
        if (change.kind().equals(StateKind.GROUP_TOPIC)) {
            return GroupTopics.describe(GroupTopics.decode(change.value()));
        }
        return HexFormat.of().formatHex(change.value());
    }
}
