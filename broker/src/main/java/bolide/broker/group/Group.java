package bolide.broker.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a consumer group may do.
///
/// @param name the group
/// @param consumeEnabled whether its members get messages at all
/// @param broadcastEnabled whether each member may get every message
public record Group(String name, boolean consumeEnabled, boolean broadcastEnabled) {

    static Group of(String name) {
        return new Group(name, true, true);
    }

    /// @return the group as [#encode] wrote it
    public static Group decode(byte[] stored) {
        return JsonBody.read(ByteBuffer.wrap(stored), "a consumer group", Group::read);
    }

    private static Group read(JsonReader json) {
        String name = "";
        boolean consume = true;
        boolean broadcast = true;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "groupName" -> name = json.nextText("");
                case "consumeEnable" -> consume = json.nextBoolean(true);
                case "consumeBroadcastEnable" -> broadcast = json.nextBoolean(true);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new Group(name, consume, broadcast);
    }

    /// @param settings a JSON object by the names that Apache's broker gives them; those that are
    ///   not known here stay in the log for a later version
    /// @return what the log says of that group
    public static StateChange change(String name, String settings) {
        byte[] json = settings.getBytes(StandardCharsets.UTF_8);
        return StateChange.put(
                StateKind.GROUP, name, decode(json).name.equals(name) ? json : of(name).encode());
    }

    byte[] encode() {
        ByteBuffer json =
                JsonBody.write(out ->
                        out.beginObject()
                                .name("groupName")
                                .value(name)
                                .name("consumeEnable")
                                .value(consumeEnabled)
                                .name("consumeBroadcastEnable")
                                .value(broadcastEnabled)
                                .endObject());
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        return bytes;
    }
}
