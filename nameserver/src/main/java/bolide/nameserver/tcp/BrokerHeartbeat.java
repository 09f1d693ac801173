package bolide.nameserver.tcp;

import bolide.protocol.frame.Frame;

/// A broker's sign of life between registrations: request 904, of which only this much is needed.
///
/// @param brokerName the broker
/// @param address `host:port` as it has registered
record BrokerHeartbeat(String brokerName, String address) {
    static BrokerHeartbeat decode(Frame frame) {
        return new BrokerHeartbeat(
                frame.fields().text("brokerName"), frame.fields().text("brokerAddr"));
    }
}
