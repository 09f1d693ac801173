package bolide.protocol.route;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.topic.TopicConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Topics of a broker: the answer to request 21, and what a registration wraps.
 *
 * @param version which state of the topics this is
 * @param topics the topics
 */
public record TopicTable(DataVersion version, Collection<TopicConfig> topics) {
    public ByteBuffer encode() {
        return JsonBody.write(this::write);
    }

    void write(JsonWriter json) {
        json.beginObject();
        json.name("dataVersion");
        version.write(json);
        json.name("mappingDataVersion");
        version.write(json);
        json.name("topicConfigTable").beginObject();
        for (TopicConfig topic : topics) {
            json.name(topic.name());
            topic.write(json);
        }
        json.endObject();
        json.name("topicQueueMappingDetailMap").beginObject().endObject();
        json.name("topicQueueMappingInfoMap").beginObject().endObject();
        json.endObject();
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static TopicTable decode(ByteBuffer body) {
        return JsonBody.read(body, "a table of topics", TopicTable::read);
    }

    private static TopicTable read(JsonReader json) {
        DataVersion version = DataVersion.NONE;
        List<TopicConfig> topics = List.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "dataVersion" -> version = DataVersion.read(json);
                case "topicConfigTable" -> topics = readTopics(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new TopicTable(version, topics);
    }

    /**
     * @return the topics of an object that has them by name; none when it is null
     */
    static List<TopicConfig> readTopics(JsonReader json) {
        List<TopicConfig> topics = new ArrayList<>();
        if (json.nextIsNull()) {
            return topics;
        }
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!json.nextIsNull()) {
                TopicConfig topic = TopicConfig.read(json);
                topics.add(topic.name().isEmpty() ? topic.withName(name) : topic);
            }
        }
        json.endObject();
        return topics;
    }
}
