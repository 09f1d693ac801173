package bolide.store.state;

import java.util.List;

/// What a fact is about. Kinds that only a later version knows are kept and handed on unread.
///
/// @param code its number in a state record: 0 to 65,535
public record StateKind(int code) {
    /// Key: the topic. Value: its layout.
    public static final StateKind TOPIC = new StateKind(1);

    /// Key: the consumer group. Value: its settings.
    public static final StateKind GROUP = new StateKind(2);

    /// Key: see [OffsetKey]. Value: the committed offset, i64.
    public static final StateKind OFFSET = new StateKind(3);

    /// Key: the topic. Value: see [QueueEnds]. Gone when the topic is.
    public static final StateKind QUEUE_ENDS = new StateKind(4);

    /// Key: the epoch's number, decimal, from 1. Value: the position at which it begins, i64. In an
    /// epoch one broker, and no other, numbers what is appended.
    public static final StateKind EPOCH = new StateKind(5);

    /// Key: a consumer group and a topic, [OffsetKey#SEPARATOR] between them. Value: what links
    /// them, flags u8 (bit 0: it has subscribed to it, bit 1: it may not read it).
    public static final StateKind GROUP_TOPIC = new StateKind(6);

    public static final List<StateKind> KNOWN =
            List.of(TOPIC, GROUP, OFFSET, QUEUE_ENDS, EPOCH, GROUP_TOPIC);

    private static final List<String> NAMES =
            List.of("topic", "group", "offset", "queue ends", "epoch", "group's topic");

    @Override
    public String toString() {
        int known = KNOWN.indexOf(this);
        return known < 0 ? "kind " + code : NAMES.get(known);
    }
}
