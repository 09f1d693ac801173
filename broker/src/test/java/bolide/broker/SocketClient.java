package bolide.broker;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderDecoder;
import bolide.protocol.frame.HeaderEncoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;

/// A client on a plain socket: what it sends at once leaves in one write, and arrives in one piece
/// as long as it is shorter than what the loopback interface takes at once, 64 KiB.
final class SocketClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final HeaderDecoder decoder = new HeaderDecoder(FrameLimits.CLIENT);
    private final Socket socket;
    private final DataInputStream in;

    SocketClient(InetSocketAddress server) {
        try {
            socket = new Socket(server.getAddress(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @return what the server sees of this end
    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    Frame ask(Frame request) {
        send(List.of(request));
        Frame received = receive();
        while (!received.isResponse()) { // news of the group's
            received = receive();
        }
        return received;
    }

    void send(List<Frame> frames) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            for (Frame frame : frames) {
                byte[] header = HeaderEncoder.encode(frame);
                byte[] body = new byte[frame.body().remaining()];
                frame.body().duplicate().get(body);
                out.writeInt(Integer.BYTES + header.length + body.length);
                out.writeInt(frame.format().mark() << 24 | header.length);
                out.write(header);
                out.write(body);
            }
            socket.getOutputStream().write(bytes.toByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Frame receive() {
        try {
            FrameHead head = FrameHead.of(in.readInt(), in.readInt(), FrameLimits.CLIENT);
            Frame frame =
                    decoder.decode(
                            head.format(), ByteBuffer.wrap(in.readNBytes(head.headerLength())));
            return frame.withBody(ByteBuffer.wrap(in.readNBytes(head.bodyLength())));
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
