package bolide.store.crash;

import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a log must hold, record by record, and what follows from it.
final class Model {
    /// One record.
    ///
    /// @param end the position behind it; 0 when nobody was told
    /// @param changes of state; null for a message
    record Sent(
            String topic,
            int queueId,
            long offset,
            byte[] body,
            long end,
            List<StateChange> changes) {}

    private final List<Sent> log = new ArrayList<>();
    private final Map<String, Map<Integer, List<Sent>>> queues = new TreeMap<>();
    private final Map<StateKind, Map<String, byte[]>> state = new HashMap<>();

    Model() {
        for (StateKind kind : StateKind.KNOWN) {
            state.put(kind, new TreeMap<>());
        }
    }

    List<Sent> log() {
        return log;
    }

    Map<String, Map<Integer, List<Sent>>> queues() {
        return queues;
    }

    Map<String, byte[]> state(StateKind kind) {
        return state.get(kind);
    }

    /// @return the number that the queue's next message must have
    long nextOffset(String topic, int queueId) {
        return queues.getOrDefault(topic, Map.of()).getOrDefault(queueId, List.of()).size();
    }

    void add(Sent sent) {
        log.add(sent);
        if (sent.changes() == null) {
            queues.computeIfAbsent(sent.topic(), topic -> new TreeMap<>())
                    .computeIfAbsent(sent.queueId(), queueId -> new ArrayList<>())
                    .add(sent);
            return;
        }
        for (StateChange change : sent.changes()) {
            if (change.removed()) {
                state.get(change.kind()).remove(change.key());
            } else {
                state.get(change.kind()).put(change.key(), change.value());
            }
            if (change.removed() && change.kind().equals(StateKind.TOPIC)) {
                queues.remove(change.key());
            }
        }
    }

    /// @return the model of the first records only
    Model prefix(int records) {
        Model prefix = new Model();
        log.subList(0, records).forEach(prefix::add);
        return prefix;
    }
}
