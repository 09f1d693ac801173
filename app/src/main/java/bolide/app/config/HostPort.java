package bolide.app.config;

import java.net.InetSocketAddress;

/// An address as people write it.
///
/// @param host a name or a number; an IPv6 address without its brackets
/// @param port 1 to 65535
public record HostPort(String host, int port) {
    private static final int LONGEST_HOST = 255;
    private static final Range PORTS = new Range("port", 1, 65_535);

    /// @param text `host:port`; an IPv6 address stands in brackets
    /// @throws ConfigException when it is not that
    public static HostPort parse(String key, String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw invalid(key, text);
        }
        try {
            int port = (int) PORTS.parse(text.substring(colon + 1));
            return new HostPort(host(key, text, text.substring(0, colon)), port);
        } catch (ConfigException noPort) {
            throw invalid(key, text);
        }
    }

    /// @param text a name or a number; an IPv6 address may stand in brackets
    /// @throws ConfigException when it is not that
    static String host(String key, String text) {
        boolean isBare = text.indexOf(':') >= 0 && !text.startsWith("[");
        try {
            return host(key, text, isBare ? "[" + text + "]" : text);
        } catch (ConfigException invalid) {
            throw ConfigException.of(
                    key, text, "has to be a host's name or number, such as 192.0.2.7");
        }
    }

    /// @param address with an address, not only a name
    public static HostPort of(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort());
    }

    private static String host(String key, String text, String written) {
        boolean isBracketed = written.startsWith("[") && written.endsWith("]");
        String host = isBracketed ? written.substring(1, written.length() - 1) : written;
        boolean isPlain = host.chars().allMatch(HostPort::isHostCharacter);
        if (host.isEmpty()
                || host.length() > LONGEST_HOST
                || !isPlain
                || isBracketed != (host.indexOf(':') >= 0)) {
            throw invalid(key, text);
        }
        return host;
    }

    /// @return whether clients, which write several addresses in a row, can tell it from what
    ///   separates them
    private static boolean isHostCharacter(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '-'
                || c == '_'
                || c == ':'
                || c == '%';
    }

    private static ConfigException invalid(String key, String text) {
        return ConfigException.of(
                key,
                text,
                "has to be HOST:PORT with a port from 1 to 65535, such as 127.0.0.1:9876 or"
                        + " [::1]:9876");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
