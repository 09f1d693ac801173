package bolide.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Ports of 127.0.0.1.
public final class Ports {
    private static final long PAUSE_NANOS = 1_000_000;

    private Ports() {}

    public static String address(int port) {
        return "127.0.0.1:" + port;
    }

    /// @param address what [#address] gave
    public static int of(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// @return one that is free and so is the one that many below it
    public static int freeWith(int below) throws IOException {
        while (true) {
            int port = free();
            try (ServerSocket other =
                    new ServerSocket(port - below, 1, InetAddress.getLoopbackAddress())) {
                return other.getLocalPort() + below;
            } catch (IOException taken) {
                // try others
            }
        }
    }

    /// Waits until somebody takes connections there.
    public static void await(int port, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException refused) {
                if (System.nanoTime() > deadline) {
                    throw refused;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
