package bolide.nameserver.route;

import bolide.protocol.route.DataVersion;
import java.util.Optional;

/// The answer to a broker's question whether it has to register again.
///
/// @param changed whether it has
/// @param known the state this side has seen; none when it does not know the broker
public record VersionAnswer(boolean changed, Optional<DataVersion> known) {}
