package bolide.remoting.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.ProtocolException;
import bolide.remoting.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The cutting of bytes into frames, without a network. */
final class FrameReaderTest {
    private static final FrameLimits LIMITS =
            new FrameLimits(100, 200, 4096, 16, 64, 1024); // so that small frames reach them
    private static final int CODE = 1000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Collected collected = new Collected();
    private FrameReader reader = new FrameReader(LIMITS, allocator, false);

    /** Copies what it is given. */
    private static final class Collected implements FrameReader.Sink {
        private final List<String> seen = new ArrayList<>();
        private int wanted = Integer.MAX_VALUE;

        @Override
        public void frame(Frame frame) {
            seen.add(frame.format() + " " + frame.opaque() + " " + Wire.text(frame.body()));
        }

        @Override
        public void tooLong(Frame head, int bodyBytes) {
            seen.add(head.format() + " " + head.opaque() + " too long: " + bodyBytes);
        }

        @Override
        public boolean wantsMore() {
            return seen.size() < wanted;
        }
    }

    @Test
    void shouldReadFramesCutAnywhere() {
        // given
        byte[] bytes = mixedFrames();
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second += 37) {
                reader = new FrameReader(LIMITS, allocator, false);
                collected.seen.clear();

                // when
                reader.read(Unpooled.wrappedBuffer(bytes, 0, first), collected);
                reader.read(Unpooled.wrappedBuffer(bytes, first, second - first), collected);
                reader.read(
                        Unpooled.wrappedBuffer(bytes, second, bytes.length - second), collected);

                // then
                assertThat(collected.seen)
                        .as("cut at %d and %d", first, second)
                        .containsExactly(
                                "JSON 1 first",
                                "BINARY 2 second",
                                "BINARY 3 too long: 101",
                                "JSON 4 ",
                                "JSON 5 " + "x".repeat(100));
            }
        }
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldReadByteByByte() {
        // given
        byte[] bytes = mixedFrames();

        // when
        for (int at = 0; at < bytes.length; at++) {
            reader.read(Unpooled.wrappedBuffer(bytes, at, 1), collected);
        }

        // then
        assertThat(collected.seen).hasSize(5).contains("JSON 1 first", "BINARY 2 second");
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldLeaveTheRestWhenTheSinkWantsNoMore() {
        // given
        ByteBuf bytes = Unpooled.wrappedBuffer(mixedFrames());
        collected.wanted = 1;

        // when
        reader.read(bytes, collected);
        int left = bytes.readableBytes();
        collected.wanted = 2;
        reader.read(bytes, collected);

        // then
        assertThat(left).isPositive();
        assertThat(collected.seen).containsExactly("JSON 1 first", "BINARY 2 second");
    }

    @Test
    void shouldNotSpendMemoryOnWhatIsOnlyAnnounced() {
        // given
        FrameReader patient = new FrameReader(FrameLimits.SERVER, allocator, false);
        byte[] frame = frame(HeaderFormat.JSON, 1, ByteBuffer.allocate(4 * 1024 * 1024));
        ByteBuf start = Unpooled.wrappedBuffer(frame, 0, 1000);

        // when
        patient.read(start, collected);

        // then
        assertThat(allocator.metric().usedDirectMemory()).isLessThan(2000);
        patient.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldGrowToNoMoreThanTheBody() {
        // given
        FrameReader patient = new FrameReader(FrameLimits.SERVER, allocator, false);
        int size = 3 * 1024 * 1024;
        ByteBuf bytes =
                Unpooled.wrappedBuffer(frame(HeaderFormat.JSON, 1, ByteBuffer.allocate(size)));

        // when
        while (bytes.readableBytes() > 1) {
            int count = Math.min(64 * 1024, bytes.readableBytes() - 1);
            patient.read(bytes.readSlice(count), collected);
        }

        // then
        assertThat(allocator.metric().usedDirectMemory()).isEqualTo(size);
        patient.read(bytes, collected);
        assertThat(collected.seen).hasSize(1);
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldBeTotal() {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] original = mixedFrames();
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Mutation.of(original, random);
            FrameReader total = new FrameReader(LIMITS, allocator, round % 2 == 0);

            // when
            try {
                int cut = random.nextInt(bytes.length + 1);
                total.read(Unpooled.wrappedBuffer(bytes, 0, cut), collected);
                total.read(Unpooled.wrappedBuffer(bytes, cut, bytes.length - cut), collected);
            } catch (ProtocolException refused) {
                assertThat(refused.getMessage()).isNotEmpty().matches("[^\\p{Cntrl}]*");
            } catch (RuntimeException notTotal) {
                fail("seed " + seed + ", round " + round, notTotal);
            } finally {
                total.close();
            }
        }

        // then
        assertThat(allocator.metric().usedDirectMemory()).as("seed %d", seed).isZero();
    }

    private static byte[] mixedFrames() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frame(HeaderFormat.JSON, 1, Wire.text("first")));
        all.writeBytes(frame(HeaderFormat.BINARY, 2, Wire.text("second")));
        all.writeBytes(frame(HeaderFormat.BINARY, 3, ByteBuffer.allocate(101)));
        all.writeBytes(frame(HeaderFormat.JSON, 4, Frame.emptyBody()));
        all.writeBytes(frame(HeaderFormat.JSON, 5, Wire.text("x".repeat(100))));
        return all.toByteArray();
    }

    private static byte[] frame(HeaderFormat format, int opaque, ByteBuffer body) {
        return Wire.bytes(Wire.request(format, CODE, opaque).withBody(body));
    }
}
