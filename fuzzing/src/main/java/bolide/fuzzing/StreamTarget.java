package bolide.fuzzing;

import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderDecoder;
import bolide.protocol.frame.HeaderFormat;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.nio.ByteBuffer;
import java.util.List;

/// What a connection brings: heads of frames, and headers in either format, several with one
/// decoder, which learns from each.
final class StreamTarget implements Target {
    private static final int MOST_FRAMES = 6;
    private static final int LONGEST_HEADER = 512;

    @Override
    public void take(FuzzedDataProvider in) {
        FrameHead.of(in.consumeInt(), in.consumeInt(), FrameLimits.SERVER);
        HeaderDecoder decoder = new HeaderDecoder(FrameLimits.SERVER);
        byte[] header = {};
        for (int left = in.consumeInt(1, MOST_FRAMES); left > 0; left--) {
            if (header.length == 0 || in.consumeBoolean()) {
                header = in.consumeBytes(LONGEST_HEADER);
            } else {
                header[in.consumeInt(0, header.length - 1)] = in.consumeByte();
            }
            decoder.decode(in.pickValue(HeaderFormat.values()), ByteBuffer.wrap(header));
        }
    }

    @Override
    public List<String> words() {
        return Classes.literals(FrameHead.class);
    }
}
