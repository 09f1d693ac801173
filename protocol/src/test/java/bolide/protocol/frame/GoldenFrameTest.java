package bolide.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Golden;
import bolide.protocol.route.TopicRoute;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole frames byte for byte. */
class GoldenFrameTest {
    @ParameterizedTest
    @CsvSource({"JSON, frame/request-105-json.txt", "BINARY, frame/request-105-binary.txt"})
    void shouldReadAndWriteRequest105(HeaderFormat format, String file) {
        // given
        ByteBuffer golden = ByteBuffer.wrap(Golden.bytes(file));

        // when
        FrameHead head = FrameHead.of(golden.getInt(), golden.getInt(), FrameLimits.SERVER);
        Frame frame = new HeaderDecoder(FrameLimits.SERVER).decode(head.format(), golden.slice());

        // then
        assertThat(head).isEqualTo(new FrameHead(format, golden.remaining(), 0));
        assertThat(frame)
                .isEqualTo(
                        new Frame(
                                format,
                                RequestCode.GET_ROUTEINFO_BY_TOPIC,
                                Language.JAVA,
                                475,
                                9,
                                0,
                                "",
                                Fields.builder().put("topic", "T").build(),
                                Frame.emptyBody()));
        assertThat(TopicRoute.topicOf(frame)).isEqualTo("T");

        // when
        byte[] header = HeaderEncoder.encode(frame);
        FrameHead headAgain = new FrameHead(format, header.length, 0);
        ByteBuffer again = ByteBuffer.allocate(FrameHead.BYTES + header.length);
        again.putInt(headAgain.lengthWord()).putInt(headAgain.markWord()).put(header);

        // then
        assertThat(again.array()).isEqualTo(Golden.bytes(file));
    }
}
