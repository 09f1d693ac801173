package bolide.remoting;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderDecoder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A peer on a plain blocking socket, which can say what no client would. */
public final class RawPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final HeaderDecoder DECODER = new HeaderDecoder(FrameLimits.CLIENT);

    private final Socket socket;
    private final DataInputStream in;

    public RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    public static RawPeer of(InetSocketAddress server) {
        try {
            return new RawPeer(new Socket(server.getAddress(), server.getPort()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
        send(Wire.bytes(frame));
    }

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

    public Frame ask(Frame request) {
        send(request);
        return receive();
    }

    /** Waits until the other side has closed, reading over what it still sends. */
    public boolean isClosedByPeer() {
        try {
            in.skipNBytes(Long.MAX_VALUE);
            return false;
        } catch (java.io.EOFException end) {
            return true;
        } catch (SocketException reset) {
            return true;
        } catch (IOException timeUp) {
            return false;
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
