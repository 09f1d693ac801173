package bolide.app.config;

/// An address as people write it.
///
/// @param host a name or a number; an IPv6 address without its brackets
/// @param port 1 to 65535
public record HostPort(String host, int port) {
    private static final int HIGHEST_PORT = 65_535;

    /// @throws ConfigException when the text is not `host:port`
    public static HostPort parse(String key, String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                String host = text.substring(0, colon);
                if (port >= 1 && port <= HIGHEST_PORT) {
                    return new HostPort(
                            host.startsWith("[") && host.endsWith("]")
                                    ? host.substring(1, host.length() - 1)
                                    : host,
                            port);
                }
            } catch (NumberFormatException notAPort) {
                throw invalid(key, text);
            }
        }
        throw invalid(key, text);
    }

    private static ConfigException invalid(String key, String text) {
        return new ConfigException(
                key + " is '" + text + "', but has to be HOST:PORT with a port from 1 to 65535");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
