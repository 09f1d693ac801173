package bolide.store.state;

import java.util.Optional;

/// What a fact is about.
public enum StateKind {
    /// Key: the topic. Value: its layout.
    TOPIC(1),
    /// Key: the consumer group. Value: its settings.
    GROUP(2),
    /// Key: group, topic and queue. Value: the committed offset.
    OFFSET(3),
    /// Key: the topic and the queue. Value: a number that the queue's next offset is not below.
    QUEUE_END(4);

    private final int code;

    StateKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /// @return the kind with that code; empty for one that only a later version knows
    static Optional<StateKind> ofCode(int code) {
        for (StateKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
