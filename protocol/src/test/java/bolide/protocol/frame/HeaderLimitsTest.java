package bolide.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Hostile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a header may cost its reader. */
class HeaderLimitsTest {
    private static final HeaderDecoder DECODER = new HeaderDecoder(FrameLimits.SERVER);

    /** A header with these fields, however many or long they are, all with an empty value. */
    private static ByteBuffer header(HeaderFormat format, List<String> names) {
        Fields.Builder fields = Fields.builder();
        names.forEach(name -> fields.put(name, ""));
        return header(format, fields.build());
    }

    private static ByteBuffer header(HeaderFormat format, Fields fields) {
        return ByteBuffer.wrap(
                HeaderEncoder.encode(
                        new Frame(
                                format,
                                10,
                                Language.JAVA,
                                475,
                                1,
                                0,
                                "",
                                fields,
                                Frame.emptyBody())));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "name" + i).toList();
    }

    @ParameterizedTest
    @EnumSource
    void shouldTake128FieldsAndNotOneMore(HeaderFormat format) {
        // given
        ByteBuffer most = header(format, names(128));
        ByteBuffer tooMany = header(format, names(129));

        // when, then
        assertThat(DECODER.decode(format, most).fields().size()).isEqualTo(128);
        assertThatThrownBy(() -> DECODER.decode(format, tooMany))
                .isExactlyInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than 128 fields");
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeNamesOf256BytesAndNotOneMore(HeaderFormat format) {
        // given
        ByteBuffer longest = header(format, List.of("n".repeat(256)));
        ByteBuffer tooLong = header(format, List.of("n".repeat(257)));
        ByteBuffer longestWide = header(format, List.of("\u4e00".repeat(85)));
        ByteBuffer tooLongWide = header(format, List.of("\u4e00".repeat(86)));
        ByteBuffer longestPairs = header(format, List.of("\ud83d\ude00".repeat(64)));
        ByteBuffer tooLongPairs = header(format, List.of("\ud83d\ude00".repeat(64) + "n"));

        // when, then
        for (ByteBuffer taken : List.of(longest, longestWide, longestPairs)) {
            assertThatCode(() -> DECODER.decode(format, taken)).doesNotThrowAnyException();
        }
        for (ByteBuffer refused : List.of(tooLong, tooLongWide, tooLongPairs)) {
            assertThatThrownBy(() -> DECODER.decode(format, refused))
                    .isExactlyInstanceOf(ProtocolException.class)
                    .hasMessageContaining("exceeds 256");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseManyFieldsOfOneHashCodeQuickly(HeaderFormat format) {
        // given
        List<String> names = Hostile.namesOfOneHashCode(65_536);
        ByteBuffer header = Hostile.header(format, names, "\"\"");

        // when
        Duration taken =
                Hostile.time(() ->
                        assertThatThrownBy(() -> DECODER.decode(format, header.duplicate()))
                                .hasMessageContaining("more than 128 fields"));

        // then
        assertThat(taken).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void shouldPassOverManyNullFieldsQuickly() {
        // given
        ByteBuffer header =
                Hostile.header(HeaderFormat.JSON, Hostile.namesOfOneHashCode(65_536), "null");

        // when
        Duration taken =
                Hostile.time(() ->
                        assertThat(DECODER.decode(HeaderFormat.JSON, header.duplicate()).fields())
                                .isEqualTo(Fields.NONE));

        // then
        assertThat(taken).isLessThan(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadManyFieldsOfOneNameQuickly(HeaderFormat format) {
        // given
        ByteBuffer header = Hostile.header(format, Collections.nCopies(65_536, "name"), "\"\"");

        // when
        Duration taken = Hostile.time(() -> DECODER.decode(format, header.duplicate()));

        // then
        assertThat(taken).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void shouldRefuseDeepNesting() {
        // given
        String deepest = "{\"x\":" + "[".repeat(15) + "]".repeat(15) + "}";
        String tooDeep = "{\"x\":" + "[".repeat(16) + "]".repeat(16) + "}";
        String bottomless = "{\"x\":" + "[".repeat(1_000_000);

        // when, then
        assertThatCode(() -> DECODER.decode(HeaderFormat.JSON, Golden.utf8(deepest)))
                .doesNotThrowAnyException();
        for (String refused : List.of(tooDeep, bottomless)) {
            assertThatThrownBy(() -> DECODER.decode(HeaderFormat.JSON, Golden.utf8(refused)))
                    .isExactlyInstanceOf(ProtocolException.class)
                    .hasMessageContaining("nested deeper than 16");
        }
    }

    @Test
    void shouldRefuseHugeNumbersQuickly() {
        // given
        String digits = "9".repeat(1_000_000);

        for (String number : List.of(digits, "-" + digits, "1." + digits, "1e" + digits)) {
            for (String header :
                    List.of(
                            "{\"code\":" + number + "}",
                            "{\"code\":\"" + number + "\"}",
                            "{\"x\":" + number + "}",
                            "{\"extFields\":{\"a\":" + number + "}}")) {
                // when
                Duration taken =
                        Hostile.time(() ->
                                assertThatThrownBy(() ->
                                                DECODER.decode(
                                                        HeaderFormat.JSON, Golden.utf8(header)))
                                        .isExactlyInstanceOf(ProtocolException.class));

                // then
                assertThat(taken).isLessThan(Duration.ofMillis(50));
            }
        }
    }
}
