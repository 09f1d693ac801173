package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/** Names of consumer groups: the answer to request 300. */
public final class GroupNames {
    private static final String LIST = "groupList";

    private GroupNames() {}

    public static ByteBuffer encode(Collection<String> groups) {
        return JsonBody.write(json -> {
            json.beginObject().name(LIST);
            JsonBody.writeTexts(json, groups);
            json.endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static List<String> decode(ByteBuffer body) {
        return JsonBody.read(body, "a list of groups", GroupNames::read);
    }

    private static List<String> read(JsonReader json) {
        List<String> groups = List.of();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals(LIST)) {
                groups = JsonBody.readTexts(json);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return groups;
    }
}
