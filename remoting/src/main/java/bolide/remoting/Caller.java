package bolide.remoting;

import bolide.protocol.frame.Language;

/**
 * Who made a request.
 *
 * @param connection the connection it came on
 * @param language the client's implementation language
 * @param version the client's version, see {@link bolide.protocol.frame.Version}
 */
public record Caller(Connection connection, Language language, int version) {}
