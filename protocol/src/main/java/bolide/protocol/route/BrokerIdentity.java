package bolide.protocol.route;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Which broker speaks to a name server: the part that registration (103), farewell (104), version
 * question (322) and heartbeat (904) have in common.
 *
 * @param cluster the broker's cluster
 * @param brokerName the broker
 * @param brokerId 0 is the master; a heartbeat need not name it and then counts as the master's
 * @param address {@code host:port} as clients reach it
 */
public record BrokerIdentity(String cluster, String brokerName, long brokerId, String address) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static BrokerIdentity decode(Frame frame) {
        Fields fields = frame.fields();
        boolean heartbeat = frame.code() == RequestCode.BROKER_HEARTBEAT;
        return new BrokerIdentity(
                fields.text("clusterName"),
                fields.text("brokerName"),
                heartbeat
                        ? fields.number("brokerId", BrokerData.MASTER)
                        : fields.number("brokerId"),
                fields.text("brokerAddr"));
    }

    /**
     * @return a builder that holds the four fields
     */
    public Fields.Builder encode() {
        return Fields.builder()
                .put("brokerName", brokerName)
                .put("brokerAddr", address)
                .put("clusterName", cluster)
                .put("brokerId", brokerId);
    }
}
