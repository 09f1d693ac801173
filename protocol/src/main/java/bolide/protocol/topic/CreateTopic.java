package bolide.protocol.topic;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Creates a topic or changes it: request 17, and several of them in request 18.
 *
 * @param config the topic as it is to be, without attributes
 * @param attributes what becomes of its attributes
 * @param defaultTopic a topic to take as a pattern; brokers ignore it
 */
public record CreateTopic(TopicConfig config, AttributeChanges attributes, String defaultTopic) {
    public CreateTopic {
        config = config.withAttributes(Map.of());
    }

    /** Creates a topic that is laid out so; its attributes are those to put. */
    public CreateTopic(TopicConfig config, String defaultTopic) {
        this(config, AttributeChanges.putting(config.attributes()), defaultTopic);
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or malformed
     */
    public static CreateTopic decode(Frame frame) {
        Fields fields = frame.fields();
        TopicConfig config =
                new TopicConfig(
                        fields.text("topic"),
                        fields.integer("readQueueNums"),
                        fields.integer("writeQueueNums"),
                        fields.integer("perm"),
                        fields.text("topicFilterType", TopicConfig.SINGLE_TAG),
                        fields.integer("topicSysFlag", 0),
                        fields.truth("order", false),
                        Map.of());
        AttributeChanges attributes = AttributeChanges.parse(fields.text("attributes", ""));
        return new CreateTopic(config, attributes, fields.text("defaultTopic", ""));
    }

    public Frame encode() {
        Fields.Builder fields =
                Fields.builder()
                        .put("topic", config.name())
                        .put("defaultTopic", defaultTopic)
                        .put("readQueueNums", config.readQueues())
                        .put("writeQueueNums", config.writeQueues())
                        .put("perm", config.perm())
                        .put("topicFilterType", config.filterType())
                        .put("topicSysFlag", config.sysFlag())
                        .put("order", config.order());
        if (!attributes.equals(AttributeChanges.NONE)) {
            fields.put("attributes", attributes.text());
        }
        return Frame.request(RequestCode.UPDATE_AND_CREATE_TOPIC, fields.build());
    }

    /**
     * @return the topics of request 18
     * @throws bolide.protocol.frame.InvalidRequestException when the body is no list of topics
     */
    public static List<CreateTopic> decodeList(Frame frame) {
        return JsonBody.read(frame.body(), "a list of topics to create", CreateTopic::readList);
    }

    private static List<CreateTopic> readList(JsonReader json) {
        List<TopicConfig> topics = List.of();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("topicConfigList")) {
                topics = JsonBody.readList(json, TopicConfig::read);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return topics.stream()
                .map(topic ->
                        new CreateTopic(topic, AttributeChanges.ofSigned(topic.attributes()), ""))
                .toList();
    }

    /**
     * @return request 18
     */
    public static Frame encodeList(List<TopicConfig> topics) {
        ByteBuffer body =
                JsonBody.write(json -> {
                    json.beginObject().name("topicConfigList").beginArray();
                    topics.forEach(topic -> topic.write(json));
                    json.endArray().endObject();
                });
        return Frame.request(RequestCode.UPDATE_AND_CREATE_TOPIC_LIST, Fields.NONE, body);
    }
}
