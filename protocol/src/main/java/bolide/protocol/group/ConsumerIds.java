package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.List;

/** The members of a consumer group: request 38 and its answer, and the news (40) of a change. */
public final class ConsumerIds {
    private static final String GROUP = "consumerGroup";

    private ConsumerIds() {}

    /**
     * @return the question who belongs to the group
     */
    public static Frame request(String group) {
        return Frame.request(
                RequestCode.GET_CONSUMER_LIST_BY_GROUP, Fields.builder().put(GROUP, group).build());
    }

    /**
     * @return the one-way message that tells a member to look again who belongs to the group
     */
    public static Frame changed(String group) {
        return Frame.request(
                        RequestCode.NOTIFY_CONSUMER_IDS_CHANGED,
                        Fields.builder().put(GROUP, group).build())
                .asOneWay();
    }

    /**
     * @return the group that the request, or the news, is about
     * @throws bolide.protocol.frame.InvalidRequestException when it names none
     */
    public static String groupOf(Frame frame) {
        return frame.fields().text(GROUP);
    }

    /**
     * @return the answer: the members' client ids
     */
    public static ByteBuffer encode(List<String> clientIds) {
        return JsonBody.write(json -> {
            json.beginObject().name("consumerIdList");
            JsonBody.writeTexts(json, clientIds);
            json.endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static List<String> decode(ByteBuffer body) {
        return JsonBody.read(body, "a list of consumer ids", ConsumerIds::read);
    }

    private static List<String> read(JsonReader json) {
        List<String> ids = List.of();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("consumerIdList")) {
                ids = JsonBody.readTexts(json);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return ids;
    }
}
