package bolide.protocol.route;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.Version;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Which brokers hold a topic and how they are reached: the answer to request 105.
 *
 * @param queues what each broker holds
 * @param brokers the brokers' addresses
 * @param orderConf which brokers hold how many queues of an ordered topic, {@code
 *     broker:4;other:4}; clients that are told use these queues in that order. Empty: nobody says
 */
public record TopicRoute(List<QueueData> queues, List<BrokerData> brokers, String orderConf) {
    private static final String TOPIC = "topic";

    public TopicRoute(List<QueueData> queues, List<BrokerData> brokers) {
        this(queues, brokers, "");
    }

    public TopicRoute withOrderConf(String conf) {
        return new TopicRoute(queues, brokers, conf);
    }

    /**
     * @return the question for a topic's route, to be answered in standard JSON
     */
    public static Frame request(String topic) {
        return Frame.request(
                RequestCode.GET_ROUTEINFO_BY_TOPIC,
                Fields.builder().put(TOPIC, topic).put("acceptStandardJsonOnly", true).build());
    }

    /**
     * @return the topic that is asked for
     * @throws bolide.protocol.frame.InvalidRequestException when none is
     */
    public static String topicOf(Frame frame) {
        return frame.fields().text(TOPIC);
    }

    /**
     * @return how the asker wants numbers as keys: bare unless it is new enough or says so
     */
    public static MapKeys keysFor(Frame frame) {
        boolean standard =
                frame.version() >= Version.V4_9_4
                        || frame.fields().truth("acceptStandardJsonOnly", false);
        return standard ? MapKeys.QUOTED : MapKeys.BARE;
    }

    /**
     * @param keys how broker ids are written, see {@link #keysFor}
     */
    public ByteBuffer encode(MapKeys keys) {
        return JsonBody.write(json -> {
            json.beginObject();
            json.name("brokerDatas").beginArray();
            brokers.forEach(broker -> broker.write(json, keys));
            json.endArray();
            json.name("filterServerTable").beginObject().endObject();
            if (!orderConf.isEmpty()) {
                json.name("orderTopicConf").value(orderConf);
            }
            json.name("queueDatas").beginArray();
            queues.forEach(queue -> queue.write(json));
            json.endArray();
            json.endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not a route
     */
    public static TopicRoute decode(ByteBuffer body) {
        return JsonBody.read(body, "a route", TopicRoute::read);
    }

    private static TopicRoute read(JsonReader json) {
        List<QueueData> queues = List.of();
        List<BrokerData> brokers = List.of();
        String orderConf = "";
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "queueDatas" -> queues = JsonBody.readList(json, QueueData::read);
                case "brokerDatas" -> brokers = JsonBody.readList(json, BrokerData::read);
                case "orderTopicConf" -> orderConf = json.nextText("");
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new TopicRoute(queues, brokers, orderConf);
    }
}
