package bolide.app.hostile;

import bolide.app.server.Peer;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.HeaderEncoder;
import bolide.protocol.frame.HeaderFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Valid frames with a few things changed, by a seed.
final class Mutations {
    private static final String[] ODD_VALUES = {
        "",
        "0",
        "-1",
        "2147483648",
        "-9223372036854775808",
        "9223372036854775807",
        "true",
        "null",
        "..",
        "\0",
        "[]",
        "{}",
        "x".repeat(300),
        "%RETRY%",
        "99999999999999999999",
        "1e9",
        "\1\2"
    };

    /// What has come of a frame.
    ///
    /// @param bytes as they go over the wire
    /// @param isWhole whether they are as long as they say, so that another frame may follow
    record Mutated(byte[] bytes, boolean isWhole) {}

    private final SplittableRandom random;

    Mutations(SplittableRandom random) {
        this.random = random;
    }

    /// @return a frame that was like the given one
    Mutated of(Frame example, int opaque) {
        Frame frame = oddFields(inFormat(example, opaque));
        byte[] header = HeaderEncoder.encode(frame);
        byte[] body = new byte[frame.body().remaining()];
        frame.body().duplicate().get(body);
        switch (random.nextInt(4)) {
            case 0 -> header = change(header);
            case 1 -> body = change(body);
            default -> {
                // The fields are odd enough.
            }
        }
        byte[] bytes = Peer.bytes(frame.format().mark(), header, ByteBuffer.wrap(body));
        boolean isWhole = random.nextInt(20) > 0;
        if (!isWhole) {
            flip(bytes, random.nextInt(FrameHead.BYTES));
        }
        return new Mutated(bytes, isWhole);
    }

    private Frame inFormat(Frame frame, int opaque) {
        HeaderFormat format = random.nextBoolean() ? HeaderFormat.JSON : HeaderFormat.BINARY;
        return new Frame(
                format,
                frame.code(),
                frame.language(),
                frame.version(),
                opaque,
                random.nextInt(20) == 0 ? random.nextInt(4) : 0,
                "",
                frame.fields(),
                frame.body());
    }

    private Frame oddFields(Frame frame) {
        List<String> names = new ArrayList<>();
        frame.fields().forEach((name, value) -> names.add(name));
        int odd = random.nextInt(3);
        Fields.Builder fields = Fields.builder();
        int dropped =
                random.nextInt(6) == 0 && !names.isEmpty() ? random.nextInt(names.size()) : -1;
        frame.fields()
                .forEach((name, value) -> {
                    if (names.indexOf(name) != dropped) {
                        fields.put(name, value);
                    }
                });
        for (int change = 0; change < odd && !names.isEmpty(); change++) {
            fields.put(names.get(random.nextInt(names.size())), oddValue(frame));
        }
        return new Frame(
                frame.format(),
                frame.code(),
                frame.language(),
                frame.version(),
                frame.opaque(),
                frame.flag(),
                "",
                fields.build(),
                frame.body());
    }

    private String oddValue(Frame frame) {
        if (random.nextInt(3) > 0) {
            return ODD_VALUES[random.nextInt(ODD_VALUES.length)];
        }
        List<String> values = new ArrayList<>(List.of(""));
        frame.fields().forEach((name, value) -> values.add(value));
        byte[] changed =
                change(values.get(random.nextInt(values.size())).getBytes(StandardCharsets.UTF_8));
        return new String(changed, StandardCharsets.UTF_8);
    }

    private byte[] change(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && changed.length > 0; times--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(4)) {
                case 0 -> flip(changed, at);
                case 1 -> changed[at] = (byte) random.nextInt();
                case 2 -> changed = Arrays.copyOf(changed, at);
                default -> changed = Arrays.copyOf(changed, changed.length + at);
            }
        }
        return changed;
    }

    private void flip(byte[] bytes, int at) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
}
