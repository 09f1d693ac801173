package bolide.app.server;

import bolide.app.config.ConfigException;
import bolide.app.config.HostPort;
import bolide.app.config.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;

/// Decides where to listen and which address clients are given.
final class ListenAddress {
    private ListenAddress() {}

    /// @throws ConfigException when the address is unknown, or lies open to the network without
    ///   anybody having said that this is wanted
    static InetAddress bind(ServerConfig config) {
        InetAddress address = resolve("bind", config.bind());
        if (!address.isLoopbackAddress() && !config.insecure()) {
            throw ConfigException.of(
                    "bind",
                    config.bind(),
                    "others can reach that, and there is no authentication yet; stay on"
                            + " 127.0.0.1, or add --insecure to let anybody do anything");
        }
        return address;
    }

    /// @param listening where the server listens
    /// @return the address for clients, as given or as resolved here
    static HostPort advertised(ServerConfig config, InetSocketAddress listening) {
        if (config.advertise().isPresent()) {
            return config.advertise().get();
        }
        if (config.advertiseHost().isPresent()) {
            return new HostPort(config.advertiseHost().get(), listening.getPort());
        }
        InetAddress address = listening.getAddress();
        InetAddress reachable =
                address.isAnyLocalAddress() ? outwardAddress().orElse(address) : address;
        return HostPort.of(new InetSocketAddress(reachable, listening.getPort()));
    }

    /// @throws ConfigException when the host that clients are to be given is unknown
    static void checkAdvertised(ServerConfig config) {
        if (config.advertise().isPresent()) {
            resolve("advertise", config.advertise().get().host());
        } else if (config.advertiseHost().isPresent()) {
            resolve("advertise-host", config.advertiseHost().get());
        }
    }

    /// @throws ConfigException when the host is unknown
    static InetSocketAddress resolved(HostPort address) {
        return new InetSocketAddress(resolve("advertise", address.host()), address.port());
    }

    private static InetAddress resolve(String key, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw ConfigException.of(
                    key, host, "there is no such host; name one, or give its number");
        }
    }

    /// @return an address of this machine that others may reach
    private static Optional<InetAddress> outwardAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .filter(address -> !address.isLinkLocalAddress())
                    .filter(address -> address.getAddress().length == 4)
                    .findFirst();
        } catch (SocketException unknown) {
            return Optional.empty();
        }
    }
}
