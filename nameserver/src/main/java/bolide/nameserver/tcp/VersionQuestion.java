package bolide.nameserver.tcp;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Frame;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.DataVersion;

/// Whether a broker has to register again: request 322.
///
/// @param broker the broker
/// @param version the state its topics are in
record VersionQuestion(BrokerIdentity broker, DataVersion version) {
    static VersionQuestion decode(Frame frame) {
        return new VersionQuestion(
                BrokerIdentity.decode(frame),
                JsonBody.read(frame.body(), "a data version", DataVersion::read));
    }
}
