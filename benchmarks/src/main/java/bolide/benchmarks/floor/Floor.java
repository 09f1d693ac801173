package bolide.benchmarks.floor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The least that a server has to do for a message: one thread parses each frame, appends what it
/// read with one write, and answers with one write. It keeps no queues and checks nothing; a server
/// that costs less than this does less than this.
public final class Floor {
    private Floor() {}

    /// @param words the port on 127.0.0.1, the file to append to, and whether to sync before
    ///   answering
    public static void main(String[] words) throws IOException {
        int port = Integer.parseInt(words[0]);
        boolean sync = Boolean.parseBoolean(words[2]);
        try (ServerSocketChannel door = ServerSocketChannel.open();
                Selector selector = Selector.open();
                FileChannel log =
                        FileChannel.open(
                                Path.of(words[1]),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND)) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            door.configureBlocking(false);
            door.register(selector, SelectionKey.OP_ACCEPT);
            while (true) {
                selector.select(key -> serve(key, selector, door, log, sync, port));
            }
        }
    }

    private static void serve(
            SelectionKey key,
            Selector selector,
            ServerSocketChannel door,
            FileChannel log,
            boolean sync,
            int port) {
        if (key.isAcceptable()) {
            try {
                SocketChannel socket = door.accept();
                socket.configureBlocking(false);
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                FloorConnection connection = new FloorConnection(socket, log, sync, port);
                socket.register(selector, SelectionKey.OP_READ, connection);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        } else {
            ((FloorConnection) key.attachment()).serve(key);
        }
    }
}
