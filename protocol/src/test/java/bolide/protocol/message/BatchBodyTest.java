package bolide.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Broken;
import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.frame.InvalidRequestException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The body of a batch send. */
class BatchBodyTest {
    private static final int MEMORY_FACTOR = 32;

    private static Broken batches() {
        byte[] one = Golden.bytes("message/batch-element.txt");
        byte[] two = ByteBuffer.allocate(2 * one.length).put(one).put(one).array();
        byte[] bare = Golden.hex("00000016 00000000 00000000 00000000 00000000 0000");
        return new Broken(
                List.of(one, two, bare),
                InvalidRequestException.class,
                MEMORY_FACTOR,
                BatchBody::decode);
    }

    @Test
    void shouldReadAndWriteWhatApacheWrites() {
        // given
        byte[] golden = Golden.bytes("message/batch-element.txt");

        // when
        List<BatchBody.Element> elements = BatchBody.decode(ByteBuffer.wrap(golden));

        // then
        assertThat(golden).hasSize(41);
        assertThat(elements)
                .containsExactly(
                        new BatchBody.Element(5, Golden.utf8("hi"), "WAIT\1true\2TAGS\1A\2"));
        assertThat(BatchBody.encode(elements)).isEqualTo(ByteBuffer.wrap(golden));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                2000,
                seeded -> {
                    // given
                    List<BatchBody.Element> elements = new ArrayList<>();
                    for (int left = 1 + seeded.below(5); left > 0; left--) {
                        ByteBuffer body = ByteBuffer.wrap(seeded.bytes(seeded.below(50)));
                        body.position(seeded.below(body.limit() + 1));
                        elements.add(
                                new BatchBody.Element(
                                        seeded.integer(),
                                        body,
                                        MessageProperties.encode(seeded.properties())));
                    }

                    // when
                    ByteBuffer encoded = BatchBody.encode(elements);
                    ByteBuffer within = ByteBuffer.allocateDirect(encoded.remaining() + 9);
                    within.position(4).put(encoded.duplicate()).flip().position(4);

                    // then
                    assertThat(BatchBody.decode(encoded)).isEqualTo(elements);
                    assertThat(BatchBody.decode(within)).isEqualTo(elements);
                    assertThat(within.position()).isEqualTo(4);
                });
    }

    @Test
    void shouldRefuseABatchWithoutMessages() {
        // when, then
        assertThatThrownBy(() -> BatchBody.decode(ByteBuffer.allocate(0)))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessage("batch holds no message");
    }

    @Test
    void shouldSayWhichMessageIsBroken() {
        // given
        byte[] one = Golden.bytes("message/batch-element.txt");
        byte[] oneAndAHalf = ByteBuffer.allocate(61).put(one).put(one, 0, 20).array();

        // when, then
        assertThatThrownBy(() -> BatchBody.decode(ByteBuffer.wrap(oneAndAHalf)))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessage("message 1 of the batch: size 41 where 20 are left");
    }

    @Test
    void shouldRefuseToWritePropertiesThatHaveNoRoomForTheirLength() {
        // given
        BatchBody.Element element =
                new BatchBody.Element(0, Golden.utf8(""), "p".repeat(MessageProperties.MAX_BYTES));
        BatchBody.Element tooLong =
                new BatchBody.Element(
                        0, Golden.utf8(""), "p".repeat(MessageProperties.MAX_BYTES + 1));

        // when, then
        assertThat(BatchBody.decode(BatchBody.encode(List.of(element)))).containsExactly(element);
        assertThatThrownBy(() -> BatchBody.encode(List.of(tooLong)))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSurviveTruncation() {
        // given, when, then
        batches().truncate();
    }

    @Test
    void shouldSurviveEveryChangeOfOneByte() {
        // given, when, then
        batches().mutateEveryByte();
    }

    @Test
    void shouldSurviveSeededChanges() {
        // given, when, then
        batches().mutateBySeed();
    }
}
