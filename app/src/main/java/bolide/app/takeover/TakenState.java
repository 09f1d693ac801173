package bolide.app.takeover;

import bolide.broker.group.GroupTopics;
import bolide.broker.group.Groups;
import bolide.broker.offset.Offsets;
import bolide.broker.topic.Topics;
import bolide.store.state.QueueEnds;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.takeover.ApacheStore;
import bolide.store.takeover.QueueEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What Apache's broker kept in files of its own, as changes of the state.
final class TakenState {
    private TakenState() {}

    static List<StateChange> of(ApacheStore store) {
        List<StateChange> changes = new ArrayList<>();
        store.goneTopics()
                .forEach(topic -> changes.add(StateChange.remove(StateKind.TOPIC, topic)));
        store.topics().forEach(topic -> changes.add(Topics.change(topic)));
        ends(store.ends())
                .forEach((topic, ends) ->
                        changes.add(
                                StateChange.put(
                                        StateKind.QUEUE_ENDS, topic, QueueEnds.encode(ends))));
        store.groups().forEach((name, settings) -> changes.add(Groups.change(name, settings)));
        store.forbidden()
                .forEach((group, topics) ->
                        topics.forEach(topic ->
                                changes.add(
                                        GroupTopics.forbidding(
                                                new GroupTopics.Link(group, topic)))));
        store.offsets()
                .forEach(offset ->
                        changes.add(
                                Offsets.change(
                                        offset.group(),
                                        offset.topic(),
                                        offset.queueId(),
                                        offset.offset())));
        return changes;
    }

    private static Map<String, long[]> ends(List<QueueEnd> ends) {
        Map<String, long[]> byTopic = new TreeMap<>();
        for (QueueEnd end : ends) {
            long[] known = byTopic.getOrDefault(end.topic(), new long[0]);
            long[] more = Arrays.copyOf(known, Math.max(known.length, end.queueId() + 1));
            more[end.queueId()] = end.offset();
            byTopic.put(end.topic(), more);
        }
        return byTopic;
    }
}
