package bolide.store.crash;

import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.RecordView;
import bolide.store.file.MemoryVolume;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// A log that Apache's store wrote, byte for byte.
final class ApacheLog {
    static final int SEGMENT = 8192;

    private static final int BLANK_BYTES = 8;

    /// The messages by the positions of their records.
    final TreeMap<Long, MessageRecord> messages = new TreeMap<>();

    private final List<byte[]> segments = new ArrayList<>();
    private final TreeMap<Long, byte[]> pieces = new TreeMap<>();

    private ApacheLog() {}

    /// @param name of the golden file
    static ApacheLog of(String name) {
        ApacheLog log = new ApacheLog();
        long position = 0;
        for (String line : lines(name)) {
            byte[] piece = HexFormat.of().parseHex(line);
            position += log.add(position, piece);
        }
        return log;
    }

    private static List<String> lines(String name) {
        try (InputStream in = ApacheLog.class.getResourceAsStream("/golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @return how many bytes of the log that takes
    private int add(long position, byte[] piece) {
        int at = (int) (position % SEGMENT);
        if (at == 0) {
            segments.add(new byte[SEGMENT]);
        }
        System.arraycopy(piece, 0, segments.getLast(), at, piece.length);
        pieces.put(position, piece);
        if (piece.length > BLANK_BYTES) {
            messages.put(position, MessageRecord.decode(ByteBuffer.wrap(piece)));
        }
        return ByteBuffer.wrap(piece).getInt();
    }

    /// @return the position behind the last record
    long end() {
        return pieces.lastKey() + pieces.lastEntry().getValue().length;
    }

    byte[] record(long position) {
        return pieces.get(position);
    }

    /// @return a directory with nothing but the log
    MemoryVolume volume() {
        MemoryVolume volume = new MemoryVolume();
        for (int i = 0; i < segments.size(); i++) {
            String name = nameOf((long) i * SEGMENT);
            volume.create(name, SEGMENT).close();
            volume.overwrite(name, 0, segments.get(i));
        }
        return volume;
    }

    /// @return the segment that holds the position
    static String nameOf(long position) {
        return String.format(Locale.ROOT, "commitlog/%020d", position / SEGMENT * SEGMENT);
    }

    /// @return whether the byte is a record's, or of the mark of a segment's unused rest
    boolean isLive(long position) {
        var piece = pieces.floorEntry(position);
        return position < piece.getKey() + piece.getValue().length;
    }

    /// @return whether a checksum, a length, its place or a queue that cannot be tells when that
    ///   byte of the log changes, even in a record without a checksum of its own
    boolean isTold(long position) {
        var piece = pieces.floorEntry(position);
        int at = (int) (position - piece.getKey());
        byte[] bytes = piece.getValue();
        if (bytes.length == BLANK_BYTES || at < 14 || at >= 28 && at < 36) {
            return true; // size, magic, checksum of the body, a queue too high; the position
        }
        RecordView view = new RecordView();
        view.look(ByteBuffer.wrap(bytes), 0, bytes.length);
        int topicAt = view.topicAt();
        int topicLengthBytes = bytes[7] == (byte) 0xAB ? 2 : 1;
        int bodyEnd = topicAt - topicLengthBytes;
        int bodyAt = bodyEnd - view.body().remaining();
        boolean isBody = at >= bodyAt - 4 && at < topicAt; // with its length and the topic's
        boolean isPropertiesLength = at >= view.propertiesAt() - 2 && at < view.propertiesAt();
        return isBody || isPropertiesLength;
    }
}
