package bolide.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The address by which this host is told from others, in client ids and message ids. */
final class HostAddress {
    private static final Logger LOG = LoggerFactory.getLogger(HostAddress.class);

    private HostAddress() {}

    /**
     * @return the first IPv4 address that is not a loopback one; without any, loopback
     */
    static InetAddress find() {
        try {
            Optional<InetAddress> found =
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(Inet4Address.class::isInstance)
                            .filter(address -> !address.isLoopbackAddress())
                            .findFirst();
            return found.orElseGet(InetAddress::getLoopbackAddress);
        } catch (SocketException unreadable) {
            LOG.debug("the network interfaces cannot be listed", unreadable);
            return InetAddress.getLoopbackAddress();
        }
    }
}
