package bolide.benchmarks.floor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One connection of the floor. Requests for a route get one; every other request is answered as if
/// a message had been stored.
final class FloorConnection {
    private static final int READ_BYTES = 8 << 20; // more than the longest frame
    private static final int ANSWER_BYTES = 4 << 20;
    private static final int LENGTH_BYTES = 4;
    private static final int HEADER_AT = 8; // in a frame, behind both lengths
    private static final int HEADER_LENGTH = 0xFFFFFF; // the byte above says how it is encoded
    private static final int GET_ROUTE = 105;
    private static final byte[] CODE = "\"code\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPAQUE = "\"opaque\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FLAG = "\"flag\":".getBytes(StandardCharsets.US_ASCII);
    private static final int ONE_WAY = 2;

    // Same for every message, so that the answer costs next to nothing.
    private static final byte[] BEFORE_OPAQUE =
            "{\"code\":0,\"extFields\":{\"msgId\":\"7F00000100002A9F0000000000000000\",\"queueId\":\"0\",\"queueOffset\":\"0\"},\"flag\":1,\"language\":\"JAVA\",\"opaque\":"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER_OPAQUE =
            ",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":0}"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_BODY = {};

    private final SocketChannel socket;
    private final FileChannel log;
    private final boolean sync;
    private final byte[] route;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(ANSWER_BYTES);

    FloorConnection(SocketChannel socket, FileChannel log, boolean sync, int port) {
        this.socket = socket;
        this.log = log;
        this.sync = sync;
        this.route =
                ("{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"127.0.0.1:"
                                + port
                                + "\"},\"brokerName\":\"floor\",\"cluster\":\"DefaultCluster\"}],"
                                + "\"filterServerTable\":{},\"queueDatas\":[{\"brokerName\":\"floor\","
                                + "\"perm\":6,\"readQueueNums\":8,\"writeQueueNums\":8,"
                                + "\"topicSysFlag\":0}]}")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    void serve(SelectionKey key) {
        try {
            if (out.position() > 0) { // the peer was slow to read; nothing is read meanwhile
                answer(key);
            } else if (socket.read(in) < 0) {
                socket.close();
            } else {
                serveFrames(key);
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }

    private void serveFrames(SelectionKey key) throws IOException {
        int end = 0;
        while (end + HEADER_AT <= in.position()) {
            int frameEnd = end + LENGTH_BYTES + in.getInt(end);
            if (frameEnd > in.position()) {
                break;
            }
            serveFrame(end + HEADER_AT, in.getInt(end + LENGTH_BYTES) & HEADER_LENGTH);
            end = frameEnd;
        }
        if (end > 0) {
            in.limit(in.position()).position(0);
            log.write(in.slice(0, end));
            if (sync) {
                log.force(false);
            }
            in.position(end);
            in.compact();
            answer(key);
        }
    }

    private void serveFrame(int header, int length) {
        int code = number(CODE, header, length);
        int opaque = number(OPAQUE, header, length);
        if ((number(FLAG, header, length) & ONE_WAY) != 0) {
            return;
        }
        byte[] body = code == GET_ROUTE ? route : NO_BODY;
        byte[] digits = Integer.toString(opaque).getBytes(StandardCharsets.US_ASCII);
        int headerLength = BEFORE_OPAQUE.length + digits.length + AFTER_OPAQUE.length;
        out.putInt(LENGTH_BYTES + headerLength + body.length).putInt(headerLength);
        out.put(BEFORE_OPAQUE).put(digits).put(AFTER_OPAQUE).put(body);
    }

    /// @return the number behind this name in a header of JSON
    private int number(byte[] name, int from, int length) {
        for (int at = from; at + name.length < from + length; at++) {
            if (isAt(name, at)) {
                int number = 0;
                for (int i = at + name.length; Character.isDigit(in.get(i)); i++) {
                    number = number * 10 + in.get(i) - '0';
                }
                return number;
            }
        }
        throw new IllegalStateException(
                new String(name, StandardCharsets.US_ASCII) + " is missing");
    }

    private boolean isAt(byte[] name, int at) {
        for (int i = 0; i < name.length; i++) {
            if (in.get(at + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private void answer(SelectionKey key) throws IOException {
        out.flip();
        socket.write(out);
        out.compact();
        key.interestOps(out.position() > 0 ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
}
