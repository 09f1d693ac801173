package bolide.protocol.statistics;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How far every group of a broker has come: the answer to request 317.
 *
 * @param brokerAddress {@code host:port} of the broker
 * @param groups by group, one entry for each of its topics
 */
public record BrokerConsumeStats(
        String brokerAddress, SortedMap<String, List<ConsumeStats>> groups) {

    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject();
            json.name("brokerAddr").value(brokerAddress);
            json.name("consumeStatsList").beginArray();
            groups.forEach((group, topics) -> {
                json.beginObject().name(group).beginArray();
                topics.forEach(topic -> topic.write(json));
                json.endArray().endObject();
            });
            json.endArray();
            json.name("totalDiff").value(total(ConsumeStats::behind));
            json.name("totalInflightDiff").value(total(ConsumeStats::inFlight));
            json.endObject();
        });
    }

    private long total(ToLongFunction<ConsumeStats> figure) {
        return groups.values().stream().flatMap(List::stream).mapToLong(figure).sum();
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static BrokerConsumeStats decode(ByteBuffer body) {
        return JsonBody.read(body, "consume statistics of a broker", BrokerConsumeStats::read);
    }

    private static BrokerConsumeStats read(JsonReader json) {
        String address = "";
        SortedMap<String, List<ConsumeStats>> groups = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "brokerAddr" -> address = json.nextText("");
                case "consumeStatsList" -> {
                    json.beginArray();
                    while (json.hasNext()) {
                        json.beginObject();
                        while (json.hasNext()) {
                            groups.computeIfAbsent(json.nextName(), name -> new ArrayList<>())
                                    .addAll(JsonBody.readList(json, ConsumeStats::read));
                        }
                        json.endObject();
                    }
                    json.endArray();
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new BrokerConsumeStats(address, groups);
    }
}
