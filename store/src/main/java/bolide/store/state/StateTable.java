package bolide.store.state;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// All facts that hold, folded from the state records of the log in their order. Owner: recovery,
/// then the dispatcher.
public final class StateTable {
    private final Map<StateKind, Map<String, byte[]>> facts = new EnumMap<>(StateKind.class);

    public StateTable() {
        for (StateKind kind : StateKind.values()) {
            facts.put(kind, new TreeMap<>());
        }
    }

    public void apply(StateChange change) {
        Map<String, byte[]> ofKind = facts.get(change.kind());
        if (change.removed()) {
            ofKind.remove(change.key());
        } else {
            ofKind.put(change.key(), change.value());
        }
    }

    /// Shows every fact of that kind in the order of its key. Only before the first record is
    /// appended: later the dispatcher owns the table.
    public void forEach(StateKind kind, BiConsumer<String, byte[]> action) {
        facts.get(kind).forEach(action);
    }
}
