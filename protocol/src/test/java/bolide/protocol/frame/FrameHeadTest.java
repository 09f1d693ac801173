package bolide.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two words that begin a frame. */
class FrameHeadTest {
    private static final int MIB = 1024 * 1024;

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    HeaderFormat format = seeded.coin() ? HeaderFormat.JSON : HeaderFormat.BINARY;
                    FrameHead head =
                            new FrameHead(
                                    format,
                                    seeded.below(FrameLimits.SERVER.headerBytes() + 1),
                                    seeded.below(16 * MIB + 1));

                    // when
                    FrameHead again =
                            FrameHead.of(head.lengthWord(), head.markWord(), FrameLimits.SERVER);

                    // then
                    assertThat(again).isEqualTo(head);
                });
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "16777216, 0", "0, -1", "0, 2130706429"})
    void shouldNotBeOfLengthsThatItsWordsCannotSay(int headerLength, int bodyLength) {
        // when, then
        assertThatThrownBy(() -> new FrameHead(HeaderFormat.JSON, headerLength, bodyLength))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no frame holds a header of %d and a body of %d bytes",
                        headerLength, bodyLength);
        assertThat(new FrameHead(HeaderFormat.JSON, 16777215, 2130706428).lengthWord())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, cannot hold a header",
        "3, 0, cannot hold a header",
        "-1, 0, a frame of 4294967295 bytes",
        "-2147483648, 0, cannot hold a header",
        "4, 1, cannot hold a header",
        "100, 0x00000061, cannot hold a header", // one byte more than fits
        "100, 0x02000010, header format 2 is unknown",
        "100, 0xff000010, header format 255 is unknown",
        "0x7fffffff, 0x00000010, announces a body",
        "0x01000015, 0x00000010, announces a body of 16777217", // one more than a registration
        "0x00100000, 0x00040001, header of 262145 bytes exceeds 262144",
        "0x47455420, 0x2f204854, speaking another protocol", // GET / HT
        "0x16030100, 0xfa010000, header format 250 is unknown", // TLS
    })
    void shouldRefuse(String length, String mark, String why) {
        // given
        int lengthWord = Long.decode(length).intValue();
        int markWord = Long.decode(mark).intValue();

        // when, then
        assertThatThrownBy(() -> FrameHead.of(lengthWord, markWord, FrameLimits.SERVER))
                .isExactlyInstanceOf(ProtocolException.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldAnswerAnyTwoWords() {
        Seeded.forEach(
                20_000,
                seeded -> {
                    // given
                    int length = seeded.integer();
                    int mark = seeded.integer();

                    // when
                    FrameHead head;
                    try {
                        head = FrameHead.of(length, mark, FrameLimits.SERVER);
                    } catch (ProtocolException refused) {
                        return;
                    }

                    // then
                    assertThat(head.lengthWord()).isEqualTo(length);
                    assertThat(head.markWord()).isEqualTo(mark);
                    assertThat(head.headerLength()).isBetween(0, 256 * 1024);
                    assertThat(head.bodyLength()).isBetween(0, 16 * MIB);
                });
    }

    @Test
    void shouldAllowRegistrationsALargerBodyThanOtherRequests() {
        // given
        FrameLimits limits = FrameLimits.SERVER;

        // when, then
        assertThat(limits.bodyBytesOf(RequestCode.REGISTER_BROKER)).isEqualTo(16 * MIB);
        assertThat(limits.bodyBytesOf(RequestCode.SEND_MESSAGE_V2)).isEqualTo(4 * MIB);
    }
}
