package bolide.app.server;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderDecoder;
import bolide.protocol.frame.HeaderEncoder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/// A peer on a plain blocking socket: it can say what no client would, and stop anywhere.
public final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final HeaderDecoder DECODER = new HeaderDecoder(FrameLimits.CLIENT);

    private final Socket socket;
    private final DataInputStream in;
    private int lastNumber;

    private Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 13));
    }

    public static Peer of(InetSocketAddress server) {
        try {
            return new Peer(new Socket(server.getAddress(), server.getPort()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Waits for somebody to connect.
    public static Peer accept(ServerSocket listening) {
        try {
            return new Peer(listening.accept());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @return the frame's bytes as they go over the wire
    public static byte[] bytes(Frame frame) {
        return bytes(frame.format().mark(), HeaderEncoder.encode(frame), frame.body());
    }

    /// @return a frame around any bytes, sense or nonsense
    public static byte[] bytes(int mark, byte[] header, ByteBuffer body) {
        int size = FrameHead.BYTES + header.length + body.remaining();
        return ByteBuffer.allocate(size)
                .putInt(size - 4)
                .putInt(mark << 24 | header.length)
                .put(header)
                .put(body.duplicate())
                .array();
    }

    public void send(byte[] bytes) {
        send(bytes, 0, bytes.length);
    }

    public void send(byte[] bytes, int from, int count) {
        try {
            socket.getOutputStream().write(bytes, from, count);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void send(Frame frame) {
        send(bytes(frame));
    }

    /// @return the next frame, whoever began it
    public Frame receive() {
        try {
            FrameHead head = FrameHead.of(in.readInt(), in.readInt(), FrameLimits.CLIENT);
            Frame frame =
                    DECODER.decode(
                            head.format(), ByteBuffer.wrap(in.readNBytes(head.headerLength())));
            return frame.withBody(ByteBuffer.wrap(in.readNBytes(head.bodyLength())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Sends the request with a number of its own.
    ///
    /// @return the answer to it; other frames that come before are passed over
    public Frame ask(Frame request) {
        int number = ++lastNumber;
        send(request.withOpaque(number));
        Frame answer = receive();
        while (!answer.isResponse() || answer.opaque() != number) {
            answer = receive();
        }
        return answer;
    }

    /// Waits until the other side has closed; what it still sends is read over.
    public boolean isClosedByOther() {
        try {
            in.skipNBytes(Long.MAX_VALUE);
            return false;
        } catch (EOFException | SocketException closed) {
            return true;
        } catch (IOException timeUp) {
            return false;
        }
    }

    /// Says that nothing more will be sent, and goes on reading.
    public void shutdownOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
