package bolide.store.takeover;

import bolide.protocol.json.JsonReader;
import bolide.protocol.topic.TopicConfig;
import bolide.store.file.DirectoryView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What the JSON files of Apache's broker say, in the shapes of 4.9 to 5.5.
///
/// @param topics all topics, those of the system included
/// @param groups the settings of the consumer groups as they stand in their file, by group
/// @param offsets what the groups have committed
/// @param clientOffsets offsets of single clients of a group, which are not among them
/// @param delivered by delay level, how far the delayed messages have been delivered
/// @param ordered queues with messages that are consumed in order by POP
/// @param forbidden by group the topics that it may not read
/// @param prohibitions other things that a group may not do with a topic
/// @param mappedTopics topics whose queues are mapped to those of other brokers
/// @param popGroups groups that were told to consume by POP
record ApacheConfig(
        List<TopicConfig> topics,
        Map<String, String> groups,
        List<GroupOffset> offsets,
        long clientOffsets,
        Map<Integer, Long> delivered,
        long ordered,
        Map<String, Set<String>> forbidden,
        long prohibitions,
        long mappedTopics,
        long popGroups) {
    private static final char SEPARATOR = '@';
    private static final int READING = 4; // in what a group may not do with a topic

    /// @throws TakeOverRefusal when a file cannot be read, or that of the topics is missing
    static ApacheConfig read(DirectoryView directory, Consumer<String> notes) {
        ConfigFile file = new ConfigFile(directory, notes);
        List<TopicConfig> topics =
                file.read("topics.json", ApacheConfig::readTopics)
                        .orElseThrow(() ->
                                new TakeOverRefusal(
                                        "there is neither config/topics.json nor its .bak in "
                                                + directory.describe()
                                                + ": nothing says which topics there are; put a"
                                                + " backup of it there"));
        GroupFile groups =
                file.read("subscriptionGroup.json", ApacheConfig::readGroups)
                        .orElseGet(() -> new GroupFile(new TreeMap<>(), new TreeMap<>(), 0));
        OffsetFile offsets =
                file.read("consumerOffset.json", ApacheConfig::readOffsets)
                        .orElseGet(() -> new OffsetFile(List.of(), 0));
        return new ApacheConfig(
                topics,
                groups.groups,
                offsets.offsets,
                offsets.ofClients,
                file.read("delayOffset.json", ApacheConfig::readDelivered).orElseGet(Map::of),
                file.read("consumerOrderInfo.json", json -> leaves(json, "table", 2)).orElse(0L),
                groups.forbidden,
                groups.others,
                file.read(
                                "topicQueueMapping.json",
                                json -> leaves(json, "topicQueueMappingInfoMap", 1))
                        .orElse(0L),
                file.read(
                                "messageRequestMode.json",
                                json -> leaves(json, "messageRequestModeMap", 2))
                        .orElse(0L));
    }

    /// @param others prohibitions that are none of reading
    private record GroupFile(
            Map<String, String> groups, Map<String, Set<String>> forbidden, long others) {}

    private record OffsetFile(List<GroupOffset> offsets, long ofClients) {}

    private static List<TopicConfig> readTopics(JsonReader json) {
        List<TopicConfig> topics = new ArrayList<>();
        readPart(
                json,
                "topicConfigTable",
                part ->
                        forEach(
                                part,
                                (name, in) -> topics.add(TopicConfig.read(in).withName(name))));
        return topics;
    }

    private static GroupFile readGroups(JsonReader json) {
        Map<String, String> groups = new TreeMap<>();
        Map<String, Set<String>> forbidden = new TreeMap<>();
        long[] others = {0};
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "subscriptionGroupTable" ->
                        forEach(json, (name, in) -> groups.put(name, in.nextAsText()));
                case "forbiddenTable" ->
                        forEach(
                                json,
                                (group, topics) ->
                                        forEach(
                                                topics,
                                                (topic, in) -> {
                                                    int bits = in.nextInt(0);
                                                    if ((bits & READING) != 0) {
                                                        forbidden
                                                                .computeIfAbsent(
                                                                        group,
                                                                        name -> new TreeSet<>())
                                                                .add(topic);
                                                    }
                                                    others[0] += (bits & ~READING) == 0 ? 0 : 1;
                                                }));
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new GroupFile(groups, forbidden, others[0]);
    }

    private static OffsetFile readOffsets(JsonReader json) {
        List<GroupOffset> offsets = new ArrayList<>();
        long[] ofClients = {0};
        readPart(
                json,
                "offsetTable",
                part ->
                        forEach(
                                part,
                                (key, in) -> {
                                    int at = key.indexOf(SEPARATOR);
                                    boolean ofGroup =
                                            at > 0
                                                    && at == key.lastIndexOf(SEPARATOR)
                                                    && at < key.length() - 1;
                                    forEach(
                                            in,
                                            (queue, offset) -> {
                                                long value = offset.nextLong(-1);
                                                if (ofGroup) {
                                                    offsets.add(
                                                            new GroupOffset(
                                                                    key.substring(at + 1),
                                                                    key.substring(0, at),
                                                                    number(queue),
                                                                    value));
                                                } else {
                                                    ofClients[0]++;
                                                }
                                            });
                                }));
        return new OffsetFile(offsets, ofClients[0]);
    }

    private static Map<Integer, Long> readDelivered(JsonReader json) {
        Map<Integer, Long> delivered = new TreeMap<>();
        readPart(
                json,
                "offsetTable",
                part -> forEach(part, (level, in) -> delivered.put(number(level), in.nextLong(0))));
        return delivered;
    }

    /// @return how many values stand that deep in that part of an object
    private static long leaves(JsonReader json, String part, int depth) {
        long[] count = {0};
        readPart(json, part, in -> count[0] += countLeaves(in, depth));
        return count[0];
    }

    private static long countLeaves(JsonReader json, int depth) {
        if (depth == 0) {
            json.skipValue();
            return 1;
        }
        long[] count = {0};
        forEach(json, (name, in) -> count[0] += countLeaves(in, depth - 1));
        return count[0];
    }

    private static void readPart(JsonReader json, String part, Consumer<JsonReader> reader) {
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals(part)) {
                reader.accept(json);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
    }

    private static void forEach(JsonReader json, BiConsumer<String, JsonReader> entry) {
        if (json.nextIsNull()) {
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            entry.accept(json.nextName(), json);
        }
        json.endObject();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException odd) {
            throw new bolide.protocol.json.JsonException("not a number: " + text);
        }
    }
}
