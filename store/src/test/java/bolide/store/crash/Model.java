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
    /// @param position of its first byte; -1 when nobody was told
    /// @param end the position behind it; -1 when it may have been written or not
    /// @param changes of state; null for a message
    record Sent(
            String topic,
            int queueId,
            long offset,
            byte[] body,
            long position,
            long end,
            List<StateChange> changes) {
        static Sent state(List<StateChange> changes, long end) {
            return new Sent("", 0, 0, new byte[0], -1, end, changes);
        }
    }

    /// A topic's queue.
    record Queue(String topic, int queueId) {}

    private final List<Sent> log = new ArrayList<>();
    private final Map<Queue, List<Sent>> queues = new HashMap<>();
    private final Map<StateKind, Map<String, byte[]>> state = new HashMap<>();
    private Sent announced; // perhaps the log's next record

    Model() {
        for (StateKind kind : StateKind.KNOWN) {
            state.put(kind, new TreeMap<>());
        }
    }

    List<Sent> log() {
        return log;
    }

    /// @return a copy of the log, with a record that may be underway
    List<Sent> sent() {
        List<Sent> sent = new ArrayList<>(log);
        if (announced != null) {
            sent.add(announced);
        }
        return sent;
    }

    /// @return the messages of a queue, in their order
    List<Sent> messages(String topic, int queueId) {
        return queues.getOrDefault(new Queue(topic, queueId), List.of());
    }

    Map<String, byte[]> state(StateKind kind) {
        return state.get(kind);
    }

    /// A record is about to be written.
    void announce(Sent sent) {
        announced = sent;
    }

    /// What was announced has not been written.
    void recant() {
        announced = null;
    }

    void add(Sent sent) {
        announced = null;
        log.add(sent);
        if (sent.changes == null) {
            queues.computeIfAbsent(new Queue(sent.topic, sent.queueId), queue -> new ArrayList<>())
                    .add(sent);
            return;
        }
        for (StateChange change : sent.changes) {
            if (change.removed()) {
                state.get(change.kind()).remove(change.key());
            } else {
                state.get(change.kind()).put(change.key(), change.value());
            }
            if (change.removesTopic()) {
                queues.keySet().removeIf(queue -> queue.topic.equals(change.key()));
            }
        }
    }

    /// @return how many records are below a position
    int below(long position) {
        int below = log.size();
        while (below > 0 && log.get(below - 1).end > position) {
            below--;
        }
        return below;
    }

    static Model of(List<Sent> sent) {
        Model model = new Model();
        sent.forEach(model::add);
        return model;
    }
}
