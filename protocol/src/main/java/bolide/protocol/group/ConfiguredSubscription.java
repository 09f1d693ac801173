package bolide.protocol.group;

import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;

/**
 * What a group is to want of a topic, as an operator has written it into the group's settings.
 *
 * @param topic the topic
 * @param expressionType TAG or SQL92
 * @param expression tags or SQL
 * @param version grows with each change
 */
public record ConfiguredSubscription(
        String topic, String expressionType, String expression, long version) {
    static ConfiguredSubscription read(JsonReader json) {
        String topic = "";
        String type = Subscription.TAG;
        String expression = Subscription.ALL;
        long version = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "topic" -> topic = json.nextText("");
                case "expressionType" -> type = json.nextText(Subscription.TAG);
                case "expression" -> expression = json.nextText(Subscription.ALL);
                case "version" -> version = json.nextLong(0);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new ConfiguredSubscription(topic, type, expression, version);
    }

    void write(JsonWriter json) {
        json.beginObject();
        json.name("expression").value(expression);
        json.name("expressionType").value(expressionType);
        json.name("topic").value(topic);
        json.name("version").value(version);
        json.endObject();
    }
}
