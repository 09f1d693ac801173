package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.json.JsonReader;
import java.util.List;

/**
 * Deletes consumer groups: one by request 207, several by request 5003.
 *
 * @param groups the groups
 * @param cleansOffsets whether what they have consumed is forgotten, too
 */
public record DeleteGroups(List<String> groups, boolean cleansOffsets) {
    private static final String CLEAN = "cleanOffset";
    private static final String OLD_CLEAN = "removeOffset"; // what peers before 5.0 call it
    private static final String LIST = "groupNameList";

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the group is missing
     */
    public static DeleteGroups decode(Frame frame) {
        Fields fields = frame.fields();
        return new DeleteGroups(
                List.of(fields.text("groupName")),
                fields.truth(CLEAN, false) || fields.truth(OLD_CLEAN, false));
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that of request
     *     5003
     */
    public static DeleteGroups decodeList(Frame frame) {
        return JsonBody.read(frame.body(), "a list of consumer groups", DeleteGroups::read);
    }

    private static DeleteGroups read(JsonReader json) {
        List<String> groups = List.of();
        boolean cleans = false;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case LIST -> groups = JsonBody.readTexts(json);
                case CLEAN -> cleans = json.nextBoolean(false);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new DeleteGroups(groups, cleans);
    }

    /**
     * @return request 5003
     */
    public Frame encodeList() {
        return Frame.request(
                RequestCode.DELETE_SUBSCRIPTION_GROUP_LIST,
                Fields.NONE,
                JsonBody.write(json -> {
                    json.beginObject();
                    json.name(CLEAN).value(cleansOffsets);
                    json.name(LIST);
                    JsonBody.writeTexts(json, groups);
                    json.endObject();
                }));
    }
}
