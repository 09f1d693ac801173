package bolide.store.state;

import java.util.Optional;

/// Whose offset a fact of the kind [StateKind#OFFSET] is: `group@topic@queue`.
public record OffsetKey(String group, String topic, int queueId) {
    /// No name holds it.
    public static final char SEPARATOR = '@';

    /// @return empty when the text is no such key
    public static Optional<OffsetKey> of(String text) {
        int topicAt = text.indexOf(SEPARATOR) + 1;
        int queueAt = text.lastIndexOf(SEPARATOR) + 1;
        if (topicAt == 0 || topicAt == queueAt) {
            return Optional.empty();
        }
        try {
            int queueId = Integer.parseInt(text.substring(queueAt));
            return Optional.of(
                    new OffsetKey(
                            text.substring(0, topicAt - 1),
                            text.substring(topicAt, queueAt - 1),
                            queueId));
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
    }

    public String text() {
        return group + SEPARATOR + topic + SEPARATOR + queueId;
    }
}
