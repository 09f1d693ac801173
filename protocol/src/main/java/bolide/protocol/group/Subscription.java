package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.message.TagHash;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which messages of a topic a group wants.
 *
 * @param topic the topic
 * @param expression {@code *}, tags joined by {@code ||}, or SQL
 * @param expressionType TAG or SQL92
 * @param tags the tags of a tag expression in their order, copied; none: all messages
 * @param version grows with each change of the subscription on its client
 */
public record Subscription(
        String topic, String expression, String expressionType, Set<String> tags, long version) {
    /** The type of an expression that is made of tags; the other one is SQL92. */
    public static final String TAG = "TAG";

    /** The expression that takes every message. */
    public static final String ALL = "*";

    public Subscription {
        tags =
                switch (tags.size()) {
                    case 0 -> Set.of();
                    case 1 -> Set.of(tags.iterator().next());
                    // no Set.copyOf: it is slow with tags of one hash code
                    default -> Collections.unmodifiableSet(new LinkedHashSet<>(tags));
                };
    }

    /** A subscription by tags, taken apart from its expression. */
    public static Subscription ofTags(String topic, String expression, long version) {
        Set<String> tags = new LinkedHashSet<>();
        if (!expression.isBlank() && !expression.trim().equals(ALL)) {
            for (String tag : expression.split("\\|\\|", -1)) {
                if (!tag.isBlank()) {
                    tags.add(tag.trim());
                }
            }
        }
        String shown = tags.isEmpty() ? ALL : expression;
        return new Subscription(topic, shown, TAG, tags, version);
    }

    public boolean isByTag() {
        return expressionType.isEmpty() || expressionType.equals(TAG);
    }

    public static Subscription read(JsonReader json) {
        String topic = "";
        String expression = ALL;
        String type = TAG;
        Set<String> tags = Set.of();
        long version = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "topic" -> topic = json.nextText("");
                case "subString" -> expression = json.nextText(ALL);
                case "expressionType" -> type = json.nextText(TAG);
                case "tagsSet" -> tags = new LinkedHashSet<>(JsonBody.readTexts(json));
                case "subVersion" -> version = json.nextLong(0);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new Subscription(topic, expression, type, tags, version);
    }

    public void write(JsonWriter json) {
        json.beginObject();
        json.name("classFilterMode").value(false);
        json.name("codeSet").beginArray();
        tags.forEach(tag -> json.value(TagHash.of(tag)));
        json.endArray();
        json.name("expressionType").value(expressionType);
        json.name("subString").value(expression);
        json.name("subVersion").value(version);
        json.name("tagsSet");
        JsonBody.writeTexts(json, tags);
        json.name("topic").value(topic);
        json.endObject();
    }
}
