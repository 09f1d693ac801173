package bolide.protocol.route;

import bolide.protocol.Broken;
import bolide.protocol.Golden;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any compressed registration, broken before or after compression, gives topics or a refusal. */
class CompressedTotalityTest {
    private static final int MEMORY_FACTOR = 64;
    private static final int LARGEST_RATIO = 100;
    private static final String VERSION = Golden.text("route/data-version.json");
    private static final String[] TOPICS = {
        "Orders 8 8 6 SINGLE_TAG {\"message.type\":\"FIFO\"}", "T 1 1 6 MULTI_TAG {}"
    };

    private static void decode(ByteBuffer body) {
        BrokerIdentity broker = new BrokerIdentity("C1", "bk", 0, "10.1.1.1:10911");
        BrokerRegistration.decode(Frame.request(103, broker.encode().build(), body));
    }

    private static Broken outside() {
        ByteBuffer body = Compressed.registration(VERSION, TOPICS);
        return new Broken(
                List.of(Arrays.copyOf(body.array(), body.limit())),
                InvalidRequestException.class,
                MEMORY_FACTOR * LARGEST_RATIO,
                CompressedTotalityTest::decode);
    }

    private static Broken inside() {
        return new Broken(
                List.of(Compressed.parts(VERSION, TOPICS)),
                InvalidRequestException.class,
                MEMORY_FACTOR,
                parts -> decode(Compressed.deflated(parts)));
    }

    @Test
    void shouldSurviveTruncation() {
        // given, when, then
        outside().truncate();
        inside().truncate();
    }

    @Test
    void shouldSurviveEveryChangeOfOneByte() {
        // given, when, then
        outside().mutateEveryByte();
    }

    @Test
    void shouldSurviveSeededChanges() {
        // given, when, then
        outside().mutateBySeed();
        inside().mutateBySeed();
    }
}
