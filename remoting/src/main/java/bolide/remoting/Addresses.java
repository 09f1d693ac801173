package bolide.remoting;

import bolide.protocol.text.Excerpt;
import java.net.InetSocketAddress;

/** Addresses as clients write them: {@code host:port}, split at the last colon. */
final class Addresses {
    private static final int LAST_PORT = 65535;

    private Addresses() {}

    /**
     * Looks the host up, which may take a while.
     *
     * @throws NetworkException when the text is no such address or there is no such host
     */
    static InetSocketAddress resolve(String text) {
        int colon = text.lastIndexOf(':');
        int port = colon < 1 ? -1 : port(text.substring(colon + 1));
        if (port < 1 || port > LAST_PORT) {
            throw new NetworkException(
                    "address " + Excerpt.of(text) + " is not host:port, as 127.0.0.1:9876 is");
        }
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), port);
        if (address.isUnresolved()) {
            throw new NetworkException(
                    "no connection to " + Excerpt.of(text) + ": the host is unknown");
        }
        return address;
    }

    private static int port(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
