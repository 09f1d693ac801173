package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A consumer group's settings: requests 200 and 225, and the answer to 352.
 *
 * @param name the group
 * @param consumeEnabled whether its members get messages at all
 * @param consumeFromMinEnabled whether a new member may begin with the oldest message
 * @param broadcastEnabled whether each member may get every message
 * @param orderly whether its messages are to be consumed in order
 * @param retryQueues how many queues the topic of its retries has
 * @param retryMaxTimes how often a failed message is delivered again
 * @param retryPolicy after which times
 * @param brokerId which broker of a set it is to read from
 * @param brokerIdWhenSlow which one when it is far behind
 * @param notifiesChanges whether its members are told when they become more or less
 * @param sysFlag bit 0: of a unit
 * @param consumeTimeoutMinutes how long a message may be consumed
 * @param subscriptions what it is to want, as an operator says
 * @param attributes further settings by name; copied and sorted by it
 */
public record GroupConfig(
        String name,
        boolean consumeEnabled,
        boolean consumeFromMinEnabled,
        boolean broadcastEnabled,
        boolean orderly,
        int retryQueues,
        int retryMaxTimes,
        RetryPolicy retryPolicy,
        long brokerId,
        long brokerIdWhenSlow,
        boolean notifiesChanges,
        int sysFlag,
        int consumeTimeoutMinutes,
        List<ConfiguredSubscription> subscriptions,
        Map<String, String> attributes) {
    private static final String LIST = "groupConfigList";
    private static final int USUAL_RETRIES = 16;
    private static final int USUAL_TIMEOUT_MINUTES = 15;

    public GroupConfig {
        subscriptions = List.copyOf(subscriptions);
        attributes =
                attributes.isEmpty() // no Map.copyOf: it is slow with names of one hash code
                        ? Map.of()
                        : Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** A group without anything special. */
    public static GroupConfig of(String name) {
        return new GroupConfig(
                name,
                true,
                true,
                true,
                false,
                1,
                USUAL_RETRIES,
                RetryPolicy.USUAL,
                0,
                1,
                true,
                0,
                USUAL_TIMEOUT_MINUTES,
                List.of(),
                Map.of());
    }

    public GroupConfig withAttributes(Map<String, String> otherAttributes) {
        return new GroupConfig(
                name,
                consumeEnabled,
                consumeFromMinEnabled,
                broadcastEnabled,
                orderly,
                retryQueues,
                retryMaxTimes,
                retryPolicy,
                brokerId,
                brokerIdWhenSlow,
                notifiesChanges,
                sysFlag,
                consumeTimeoutMinutes,
                subscriptions,
                otherAttributes);
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not a group's settings
     */
    public static GroupConfig decode(ByteBuffer body) {
        return JsonBody.read(body, "a consumer group", GroupConfig::read);
    }

    public ByteBuffer encode() {
        return JsonBody.write(this::write);
    }

    /**
     * @return the groups of request 225
     * @throws bolide.protocol.frame.InvalidRequestException when the body is no list of groups
     */
    public static List<GroupConfig> decodeList(Frame frame) {
        return JsonBody.read(frame.body(), "a list of consumer groups", GroupConfig::readList);
    }

    /**
     * @return request 225
     */
    public static Frame encodeList(List<GroupConfig> groups) {
        ByteBuffer body =
                JsonBody.write(json -> {
                    json.beginObject().name(LIST).beginArray();
                    groups.forEach(group -> group.write(json));
                    json.endArray().endObject();
                });
        return Frame.request(
                RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST, Fields.NONE, body);
    }

    private static List<GroupConfig> readList(JsonReader json) {
        List<GroupConfig> groups = List.of();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals(LIST)) {
                groups = JsonBody.readList(json, GroupConfig::read);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return groups;
    }

    /**
     * @throws bolide.protocol.json.JsonException when the next value is not a group's settings
     */
    static GroupConfig read(JsonReader json) {
        GroupConfig usual = GroupConfig.of("");
        String name = "";
        boolean consume = usual.consumeEnabled;
        boolean fromMin = usual.consumeFromMinEnabled;
        boolean broadcast = usual.broadcastEnabled;
        boolean orderly = usual.orderly;
        int retryQueues = usual.retryQueues;
        int retryMaxTimes = usual.retryMaxTimes;
        RetryPolicy retryPolicy = usual.retryPolicy;
        long brokerId = usual.brokerId;
        long brokerIdWhenSlow = usual.brokerIdWhenSlow;
        boolean notifies = usual.notifiesChanges;
        int sysFlag = usual.sysFlag;
        int timeout = usual.consumeTimeoutMinutes;
        List<ConfiguredSubscription> subscriptions = usual.subscriptions;
        Map<String, String> attributes = usual.attributes;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "groupName" -> name = json.nextText("");
                case "consumeEnable" -> consume = json.nextBoolean(consume);
                case "consumeFromMinEnable" -> fromMin = json.nextBoolean(fromMin);
                case "consumeBroadcastEnable" -> broadcast = json.nextBoolean(broadcast);
                case "consumeMessageOrderly" -> orderly = json.nextBoolean(orderly);
                case "retryQueueNums" -> retryQueues = json.nextInt(retryQueues);
                case "retryMaxTimes" -> retryMaxTimes = json.nextInt(retryMaxTimes);
                case "groupRetryPolicy" -> retryPolicy = RetryPolicy.read(json);
                case "brokerId" -> brokerId = json.nextLong(brokerId);
                case "whichBrokerWhenConsumeSlowly" ->
                        brokerIdWhenSlow = json.nextLong(brokerIdWhenSlow);
                case "notifyConsumerIdsChangedEnable" -> notifies = json.nextBoolean(notifies);
                case "groupSysFlag" -> sysFlag = json.nextInt(sysFlag);
                case "consumeTimeoutMinute" -> timeout = json.nextInt(timeout);
                case "subscriptionDataSet" ->
                        subscriptions = JsonBody.readList(json, ConfiguredSubscription::read);
                case "attributes" -> attributes = JsonBody.readTextsByName(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new GroupConfig(
                name,
                consume,
                fromMin,
                broadcast,
                orderly,
                retryQueues,
                retryMaxTimes,
                retryPolicy,
                brokerId,
                brokerIdWhenSlow,
                notifies,
                sysFlag,
                timeout,
                subscriptions,
                attributes);
    }

    void write(JsonWriter json) {
        json.beginObject();
        json.name("attributes").beginObject();
        attributes.forEach((key, value) -> json.name(key).value(value));
        json.endObject();
        json.name("brokerId").value(brokerId);
        json.name("consumeBroadcastEnable").value(broadcastEnabled);
        json.name("consumeEnable").value(consumeEnabled);
        json.name("consumeFromMinEnable").value(consumeFromMinEnabled);
        json.name("consumeMessageOrderly").value(orderly);
        json.name("consumeTimeoutMinute").value(consumeTimeoutMinutes);
        json.name("groupName").value(name);
        retryPolicy.write(json.name("groupRetryPolicy"));
        json.name("groupSysFlag").value(sysFlag);
        json.name("notifyConsumerIdsChangedEnable").value(notifiesChanges);
        json.name("retryMaxTimes").value(retryMaxTimes);
        json.name("retryQueueNums").value(retryQueues);
        if (!subscriptions.isEmpty()) {
            json.name("subscriptionDataSet").beginArray();
            subscriptions.forEach(subscription -> subscription.write(json));
            json.endArray();
        }
        json.name("whichBrokerWhenConsumeSlowly").value(brokerIdWhenSlow);
        json.endObject();
    }
}
