package bolide.app.architecture.broken.nameserver.route;

import java.net.Socket;

/// Breaks: a test could not make this network fail.
final class OpensASocket {
    boolean isOpen(Socket socket) {
        return !socket.isClosed();
    }
}
