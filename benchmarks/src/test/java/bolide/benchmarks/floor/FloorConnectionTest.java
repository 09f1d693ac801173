package bolide.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorConnectionTest {
    private static final int PORT = 12_345;

    @TempDir Path directory;

    private Path log;
    private FileChannel file;
    private Selector selector;
    private SocketChannel client;
    private FloorConnection connection;

    @BeforeEach
    void connect() throws IOException {
        log = directory.resolve("log");
        file = FileChannel.open(log, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
        selector = Selector.open();
        try (ServerSocketChannel door = ServerSocketChannel.open()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(door.getLocalAddress());
            SocketChannel socket = door.accept();
            socket.configureBlocking(false);
            connection = new FloorConnection(socket, file, false, PORT);
            socket.register(selector, SelectionKey.OP_READ);
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        selector.close();
        file.close();
    }

    @Test
    void shouldAnswerAndKeepWholeFramesOnly() throws IOException {
        // given
        byte[] first = frame(310, 7, 0);
        byte[] second = frame(310, 8, 0);
        byte[] oneWay = frame(310, 9, 2);

        // when: the last frame comes in two parts
        send(first, second, oneWay, new byte[] {0, 0});
        byte[] soFar = Files.readAllBytes(log);
        send(ByteBuffer.wrap(frame(105, 10, 0)).slice(2, frame(105, 10, 0).length - 2));

        // then
        DataInputStream in = new DataInputStream(client.socket().getInputStream());
        assertThat(soFar).hasSize(first.length + second.length + oneWay.length);
        assertThat(answer(in)).contains("\"code\":0", "\"opaque\":7,", "\"flag\":1");
        assertThat(answer(in)).contains("\"opaque\":8,").endsWith("}");
        assertThat(answer(in)).contains("\"opaque\":10,", "\"0\":\"127.0.0.1:" + PORT + "\"");
    }

    private void send(byte[]... parts) throws IOException {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        send(all.flip());
    }

    /// Small enough to arrive at once.
    private void send(ByteBuffer bytes) throws IOException {
        client.write(bytes);
        selector.select(connection::serve);
    }

    private static byte[] frame(int code, int opaque, int flag) {
        byte[] header =
                "{\"code\":%d,\"extFields\":{\"b\":\"topic\"},\"flag\":%d,\"opaque\":%d,\"version\":5}"
                        .formatted(code, flag, opaque)
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[100];
        return ByteBuffer.allocate(8 + header.length + body.length)
                .putInt(4 + header.length + body.length)
                .putInt(header.length)
                .put(header)
                .put(body)
                .array();
    }

    private static String answer(DataInputStream in) throws IOException {
        byte[] frame = in.readNBytes(in.readInt());
        return new String(frame, 4, frame.length - 4, StandardCharsets.US_ASCII);
    }
}
