package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.route.DataVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Consumer groups of a broker: the answer to request 201.
 *
 * @param version which state of the groups this is
 * @param groups the groups
 * @param forbidden by group the topics that it may not read
 */
public record GroupTable(
        DataVersion version,
        Collection<GroupConfig> groups,
        SortedMap<String, SortedSet<String>> forbidden) {
    private static final int READING = 1 << 2; // the bit that forbids what permission 4 allows

    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject();
            json.name("dataVersion");
            version.write(json);
            json.name("forbiddenTable").beginObject();
            forbidden.forEach((group, topics) -> {
                json.name(group).beginObject();
                topics.forEach(topic -> json.name(topic).value(READING));
                json.endObject();
            });
            json.endObject();
            json.name("subscriptionGroupTable").beginObject();
            groups.forEach(group -> group.write(json.name(group.name())));
            json.endObject();
            json.endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static GroupTable decode(ByteBuffer body) {
        return JsonBody.read(body, "a table of consumer groups", GroupTable::read);
    }

    private static GroupTable read(JsonReader json) {
        DataVersion version = DataVersion.NONE;
        List<GroupConfig> groups = List.of();
        SortedMap<String, SortedSet<String>> forbidden = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "dataVersion" -> version = DataVersion.read(json);
                case "subscriptionGroupTable" -> groups = readGroups(json);
                case "forbiddenTable" -> forbidden = readForbidden(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new GroupTable(version, groups, forbidden);
    }

    private static List<GroupConfig> readGroups(JsonReader json) {
        List<GroupConfig> groups = new ArrayList<>();
        if (json.nextIsNull()) {
            return groups;
        }
        json.beginObject();
        while (json.hasNext()) {
            json.nextName(); // says what the group itself says
            groups.add(GroupConfig.read(json));
        }
        json.endObject();
        return groups;
    }

    private static SortedMap<String, SortedSet<String>> readForbidden(JsonReader json) {
        SortedMap<String, SortedSet<String>> forbidden = new TreeMap<>();
        if (json.nextIsNull()) {
            return forbidden;
        }
        json.beginObject();
        while (json.hasNext()) {
            forbidden.put(json.nextName(), readTopics(json));
        }
        json.endObject();
        return forbidden;
    }

    private static SortedSet<String> readTopics(JsonReader json) {
        SortedSet<String> topics = new TreeSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String topic = json.nextName();
            if ((json.nextInt(0) & READING) != 0) {
                topics.add(topic);
            }
        }
        json.endObject();
        return topics;
    }
}
