package bolide.protocol.route;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.topic.TopicConfig;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A broker's report to a name server of what it is and holds: request 103.
 *
 * @param broker which broker
 * @param haAddress {@code host:port} where its slaves fetch the log; empty: nowhere
 * @param expiryMillis for how long the report is good; 0: as long as the name server likes
 * @param version which state of the topics this is
 * @param topics topics of the broker
 * @param actingMaster whether a slave of this name may stand in for the master
 * @param whole whether these are all topics of the broker. Apache's brokers do not say so, and
 *     often report but the one that has changed
 */
public record BrokerRegistration(
        BrokerIdentity broker,
        String haAddress,
        long expiryMillis,
        DataVersion version,
        Collection<TopicConfig> topics,
        boolean actingMaster,
        boolean whole) {
    private static final String WHOLE = "allTopics"; // no peer of Apache's looks at it

    /** Of all topics of a broker whose slaves do not stand in for it. */
    public BrokerRegistration(
            BrokerIdentity broker,
            String haAddress,
            long expiryMillis,
            DataVersion version,
            Collection<TopicConfig> topics) {
        this(broker, haAddress, expiryMillis, version, topics, false, true);
    }

    /** What the body tells. */
    private record Content(DataVersion version, List<TopicConfig> topics) {}

    /**
     * @return the request, with a plain body
     */
    public Frame encode() {
        ByteBuffer body = JsonBody.write(this::writeBody);
        Fields.Builder fields =
                broker.encode()
                        .put("haServerAddr", haAddress)
                        .put("compressed", false)
                        .put("enableActingMaster", actingMaster)
                        .put(WHOLE, whole)
                        .put("bodyCrc32", crc(body));
        if (expiryMillis > 0) {
            fields.put("heartbeatTimeoutMillis", expiryMillis);
        }
        return Frame.request(RequestCode.REGISTER_BROKER, fields.build(), body);
    }

    private void writeBody(JsonWriter json) {
        json.beginObject();
        json.name("filterServerList").beginArray().endArray();
        json.name("topicConfigSerializeWrapper");
        new TopicTable(version, topics).write(json);
        json.endObject();
    }

    /**
     * Reads registrations of any version, with a plain or a compressed body: a broker's word on
     * which it is cannot be relied on, the first byte can.
     *
     * @throws InvalidRequestException when a field is missing, the checksum is wrong or the body is
     *     not a registration
     */
    public static BrokerRegistration decode(Frame frame) {
        Fields fields = frame.fields();
        ByteBuffer body = frame.body();
        int announced = fields.integer("bodyCrc32", 0);
        if (announced != 0 && announced != crc(body)) {
            throw new InvalidRequestException(
                    "registration body has checksum " + crc(body) + ", announced was " + announced);
        }
        Content content =
                CompressedRegistration.isCompressed(body)
                        ? readCompressed(body)
                        : JsonBody.read(body, "a registration", BrokerRegistration::readBody);
        return new BrokerRegistration(
                BrokerIdentity.decode(frame),
                fields.text("haServerAddr", ""),
                fields.number("heartbeatTimeoutMillis", 0),
                content.version(),
                content.topics(),
                fields.truth("enableActingMaster", false),
                fields.truth(WHOLE, false));
    }

    private static Content readCompressed(ByteBuffer body) {
        CompressedRegistration inflated = CompressedRegistration.read(body);
        return new Content(inflated.version(), inflated.topics());
    }

    /** Reads a registration or, as brokers before version 37 send it, what it wraps. */
    private static Content readBody(JsonReader json) {
        DataVersion version = DataVersion.NONE;
        List<TopicConfig> topics = List.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "topicConfigSerializeWrapper" -> {
                    if (!json.nextIsNull()) {
                        Content wrapped = readBody(json);
                        version = wrapped.version();
                        topics = wrapped.topics();
                    }
                }
                case "dataVersion" -> version = DataVersion.read(json);
                case "topicConfigTable" -> topics = TopicTable.readTopics(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new Content(version, topics);
    }

    private static int crc(ByteBuffer body) {
        CRC32 crc = new CRC32();
        crc.update(body.duplicate());
        return (int) crc.getValue() & 0x7FFFFFFF;
    }
}
