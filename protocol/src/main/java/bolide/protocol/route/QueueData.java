package bolide.protocol.route;

import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.topic.TopicConfig;

/**
 * What one broker holds of a topic.
 *
 * @param brokerName the broker
 * @param readQueues queues that consumers see
 * @param writeQueues queues that producers see
 * @param perm see {@link bolide.protocol.topic.Permission}
 * @param sysFlag the topic's
 */
public record QueueData(String brokerName, int readQueues, int writeQueues, int perm, int sysFlag) {

    public static QueueData of(String brokerName, TopicConfig topic) {
        return new QueueData(
                brokerName, topic.readQueues(), topic.writeQueues(), topic.perm(), topic.sysFlag());
    }

    public QueueData withPerm(int otherPerm) {
        return new QueueData(brokerName, readQueues, writeQueues, otherPerm, sysFlag);
    }

    static QueueData read(JsonReader json) {
        String brokerName = "";
        int readQueues = 0;
        int writeQueues = 0;
        int perm = 0;
        int sysFlag = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "brokerName" -> brokerName = json.nextText("");
                case "readQueueNums" -> readQueues = json.nextInt(0);
                case "writeQueueNums" -> writeQueues = json.nextInt(0);
                case "perm" -> perm = json.nextInt(0);
                case "topicSysFlag" -> sysFlag = json.nextInt(0);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new QueueData(brokerName, readQueues, writeQueues, perm, sysFlag);
    }

    void write(JsonWriter json) {
        json.beginObject();
        json.name("brokerName").value(brokerName);
        json.name("perm").value(perm);
        json.name("readQueueNums").value(readQueues);
        json.name("topicSysFlag").value(sysFlag);
        json.name("writeQueueNums").value(writeQueues);
        json.endObject();
    }
}
