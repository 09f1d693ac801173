package bolide.broker.send;

import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.PropertyNames;
import java.util.Map;
import java.util.Set;

/// Which properties a producer may set, and which the broker sets itself.
final class PropertyRules {
    /// The broker's own; a producer's value for them means nothing and is dropped.
    private static final Set<String> DROPPED =
            Set.of(
                    PropertyNames.RECORD_CRC,
                    PropertyNames.MSG_REGION,
                    PropertyNames.TRACE_ON,
                    PropertyNames.CLUSTER,
                    PropertyNames.POP_CK,
                    PropertyNames.REAL_TOPIC,
                    PropertyNames.REAL_QID,
                    PropertyNames.TIMER_OUT_MS,
                    PropertyNames.TIMER_ENQUEUE_MS,
                    PropertyNames.TIMER_DEQUEUE_MS,
                    PropertyNames.TIMER_ROLL_TIMES,
                    PropertyNames.TIMER_DELAY_LEVEL,
                    PropertyNames.TRANSACTION_CHECK_TIMES,
                    PropertyNames.TRAN_PREPARED_QUEUE_OFFSET,
                    PropertyNames.INNER_MULTI_QUEUE_OFFSET,
                    PropertyNames.INNER_NUM,
                    PropertyNames.INNER_BASE,
                    PropertyNames.DLQ_ORIGIN_TOPIC,
                    PropertyNames.DLQ_ORIGIN_MESSAGE_ID);

    /// Ask for a delivery that this version does not have; storing the message all the same would
    /// give it another meaning.
    private static final Map<String, String> REFUSED =
            Map.of(
                    PropertyNames.DELAY, "delayed messages",
                    PropertyNames.TIMER_DELAY_SEC, "timed messages",
                    PropertyNames.TIMER_DELAY_MS, "timed messages",
                    PropertyNames.TIMER_DELIVER_MS, "timed messages",
                    PropertyNames.TIMER_DEL_UNIQKEY, "the recall of timed messages",
                    PropertyNames.TRAN_MSG, "transactional messages",
                    PropertyNames.INNER_MULTI_DISPATCH, "light queues",
                    PropertyNames.LITE_TOPIC, "lite topics");

    private final String added;

    /// @param cluster the broker's cluster, which every message is told
    PropertyRules(String cluster) {
        this.added =
                MessageProperties.encode(
                                Map.of(PropertyNames.CLUSTER, cluster)) // order does not matter
                        + MessageProperties.encode(
                                Map.of(PropertyNames.MSG_REGION, "DefaultRegion"))
                        + MessageProperties.encode(Map.of(PropertyNames.TRACE_ON, "true"));
    }

    /// @return why a message with these properties is not taken; empty when it is
    String problem(Map<String, String> properties) {
        for (Map.Entry<String, String> property : properties.entrySet()) {
            String feature = REFUSED.get(property.getKey());
            if (feature != null && isMeant(property.getValue())) {
                return "property "
                        + property.getKey()
                        + " asks for "
                        + feature
                        + ", which this version of Bolide does not support yet; send without it";
            }
        }
        return "";
    }

    /// Clients also write down that they do not want a feature.
    private static boolean isMeant(String value) {
        return !value.isEmpty() && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /// @return the properties as they are stored, without the record checksum
    String stored(Map<String, String> properties) {
        properties.keySet().removeAll(DROPPED);
        return MessageProperties.encode(properties) + added;
    }
}
