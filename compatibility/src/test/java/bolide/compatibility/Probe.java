package bolide.compatibility;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One request in RocketMQ's remoting protocol by hand, for what the official client cannot ask. */
final class Probe {
    private static final int TIMEOUT_MILLIS = 5000;
    private static final int HEADER_LENGTH = 0xFFFFFF;
    private static final Pattern CODE = Pattern.compile("\"code\":(-?\\d+)");

    private Probe() {}

    /** The port of that {@code host:port}. */
    static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Sends it to that port of 127.0.0.1; the code of the response. */
    static int ask(int port, int code, Map<String, String> fields, String body) {
        String extFields =
                fields.entrySet().stream()
                        .map(e -> "\"%s\":\"%s\"".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(","));
        byte[] header =
                "{\"code\":%d,\"extFields\":{%s},\"flag\":0,\"language\":\"JAVA\",\"opaque\":1,\"serializeTypeCurrentRPC\":\"JSON\",\"version\":513}"
                        .formatted(code, extFields)
                        .getBytes(StandardCharsets.UTF_8);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(4 + header.length + bytes.length);
            out.writeInt(header.length);
            out.write(header);
            out.write(bytes);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readInt();
            byte[] answer = new byte[in.readInt() & HEADER_LENGTH];
            in.readFully(answer);
            Matcher matcher = CODE.matcher(new String(answer, StandardCharsets.UTF_8));
            if (!matcher.find()) {
                throw new IOException("no code in the answer");
            }
            return Integer.parseInt(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
