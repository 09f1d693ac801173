package bolide.protocol.message;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** An address as it stands in a record: 4 or 16 bytes, then the port as i32. */
public final class RecordHost {
    private final InetSocketAddress address;
    private final byte[] bytes;

    private RecordHost(InetSocketAddress address, byte[] bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /**
     * @param host a resolved address
     */
    public static RecordHost of(InetSocketAddress host) {
        byte[] address = host.getAddress().getAddress();
        byte[] bytes = new byte[address.length + Integer.BYTES];
        ByteBuffer.wrap(bytes).put(address).putInt(host.getPort());
        return new RecordHost(host, bytes);
    }

    public InetSocketAddress address() {
        return address;
    }

    /**
     * @return how many bytes {@link #put} writes
     */
    int size() {
        return bytes.length;
    }

    boolean isV6() {
        return bytes.length == RecordLayout.HOST_V6_BYTES;
    }

    void put(ByteBuffer out) {
        out.put(bytes);
    }
}
