package bolide.protocol.group;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * A client's farewell from a producer group, a consumer group or both: request 35.
 *
 * @param clientId the client
 * @param producerGroup empty: none
 * @param consumerGroup empty: none
 */
public record UnregisterClient(String clientId, String producerGroup, String consumerGroup) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing
     */
    public static UnregisterClient decode(Frame frame) {
        Fields fields = frame.fields();
        return new UnregisterClient(
                fields.text("clientID"),
                fields.text("producerGroup", ""),
                fields.text("consumerGroup", ""));
    }

    public Frame encode() {
        Fields.Builder fields = Fields.builder().put("clientID", clientId);
        if (!producerGroup.isEmpty()) {
            fields.put("producerGroup", producerGroup);
        }
        if (!consumerGroup.isEmpty()) {
            fields.put("consumerGroup", consumerGroup);
        }
        return Frame.request(RequestCode.UNREGISTER_CLIENT, fields.build());
    }
}
