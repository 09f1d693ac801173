package bolide.benchmarks.costs;

import bolide.benchmarks.process.Ports;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderDecoder;
import bolide.protocol.frame.HeaderEncoder;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.offset.CommitOffset;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Many clients that hardly do anything, each a plain socket.
final class Crowd implements AutoCloseable {
    private static final int QUEUES = 8;
    private static final int MEMBERS = 10; // of a group
    private static final String TOPIC = "bench-0";

    private final String address;
    private final HeaderDecoder decoder = new HeaderDecoder(FrameLimits.CLIENT);
    private final List<Socket> sockets = new ArrayList<>();
    private int lastNumber;

    /// @param address of a server with the load's topic
    Crowd(String address) {
        this.address = address;
    }

    /// Makes groups, none of whose members stay, and commits an offset of each in each of the
    /// topic's queues.
    void commit(int groups) throws IOException {
        try (Socket socket = connect()) {
            for (int number = 0; number < groups; number++) {
                String group = "bench-group-" + number;
                ask(socket, heartbeat("committer", group).encode());
                for (int queue = 0; queue < QUEUES; queue++) {
                    ask(socket, new CommitOffset(group, TOPIC, queue, 0).encode());
                }
            }
        }
    }

    /// Opens connections of consumers, which stay open.
    void join(int connections) throws IOException {
        for (int number = 0; number < connections; number++) {
            String group = "bench-crowd-" + number / MEMBERS;
            Socket socket = connect();
            sockets.add(socket);
            ask(socket, heartbeat("client-" + number, group).encode());
        }
    }

    private static Heartbeat heartbeat(String client, String group) {
        ConsumerData consumer =
                new ConsumerData(
                        group,
                        ConsumerData.PUSH,
                        ConsumerData.CLUSTERING,
                        ConsumerData.FROM_LAST,
                        List.of(Subscription.ofTags(TOPIC, Subscription.ALL, 1)));
        return new Heartbeat(client, List.of(), List.of(consumer), 0, false);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Ports.of(address));
        socket.setTcpNoDelay(true);
        return socket;
    }

    private void ask(Socket socket, Frame request) throws IOException {
        Frame numbered = request.withOpaque(++lastNumber);
        byte[] header = HeaderEncoder.encode(numbered);
        FrameHead head =
                new FrameHead(numbered.format(), header.length, numbered.body().remaining());
        ByteBuffer out = ByteBuffer.allocate(FrameHead.BYTES + header.length + head.bodyLength());
        out.putInt(head.lengthWord()).putInt(head.markWord()).put(header).put(numbered.body());
        socket.getOutputStream().write(out.array());
        Frame answer = receive(socket);
        while (!answer.isResponse()) { // members are told of each other
            answer = receive(socket);
        }
        if (answer.code() != ResponseCode.SUCCESS) {
            throw new IOException("request " + request.code() + " was refused: " + answer.remark());
        }
    }

    private Frame receive(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        FrameHead head = FrameHead.of(in.readInt(), in.readInt(), FrameLimits.CLIENT);
        Frame frame =
                decoder.decode(head.format(), ByteBuffer.wrap(in.readNBytes(head.headerLength())));
        in.skipNBytes(head.bodyLength());
        return frame;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
