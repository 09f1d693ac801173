package bolide.protocol.route;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Another of the brokers that share a name has the lowest id now: request 905, one-way to the
 * others of them, so that one may stand in for a master that is gone. Empty texts stand for what
 * does not apply.
 *
 * @param brokerId the lowest id
 * @param address {@code host:port} of who has it
 * @param offlineAddress who had it and is gone
 * @param haAddress where the log of the one that came is fetched
 */
public record MinBrokerChange(
        long brokerId, String address, String offlineAddress, String haAddress) {

    public Frame encode() {
        Fields.Builder fields =
                Fields.builder().put("minBrokerId", brokerId).put("minBrokerAddr", address);
        putUnlessEmpty(fields, "offlineBrokerAddr", offlineAddress);
        putUnlessEmpty(fields, "haBrokerAddr", haAddress);
        return Frame.request(RequestCode.NOTIFY_MIN_BROKER_ID_CHANGE, fields.build());
    }

    private static void putUnlessEmpty(Fields.Builder fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
