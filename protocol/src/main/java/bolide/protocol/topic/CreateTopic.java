package bolide.protocol.topic;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.text.Excerpt;
import java.util.Map;
import java.util.TreeMap;

/**
 * Creates a topic or changes it: request 17.
 *
 * @param config the topic as it is to be; its attributes are those to set
 * @param defaultTopic a topic to take as a pattern; brokers ignore it
 */
public record CreateTopic(TopicConfig config, String defaultTopic) {
    /**
     * @throws InvalidRequestException when a field is missing or malformed
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
                        attributes(fields.text("attributes", "")));
        return new CreateTopic(config, fields.text("defaultTopic", ""));
    }

    private static Map<String, String> attributes(String changes) {
        Map<String, String> attributes = new TreeMap<>();
        for (String change : changes.split(",")) {
            if (change.isEmpty() || change.startsWith("-")) { // a topic starts without any
                continue;
            }
            int equals = change.indexOf('=');
            if (!change.startsWith("+") || equals < 2) {
                throw new InvalidRequestException(
                        "an attribute is set by +name=value; this is " + Excerpt.of(change));
            }
            attributes.put(change.substring(1, equals), change.substring(equals + 1));
        }
        return attributes;
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
        StringBuilder changes = new StringBuilder();
        config.attributes()
                .forEach((name, value) ->
                        changes.append(changes.isEmpty() ? "+" : ",+")
                                .append(name)
                                .append('=')
                                .append(value));
        if (!changes.isEmpty()) {
            fields.put("attributes", changes.toString());
        }
        return Frame.request(RequestCode.UPDATE_AND_CREATE_TOPIC, fields.build());
    }
}
