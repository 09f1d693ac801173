package bolide.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Extension fields by name. */
class FieldsTest {
    private static final HeaderDecoder DECODER = new HeaderDecoder(FrameLimits.SERVER);

    /** As somebody wrote them; read again, they have to say the same. */
    private static Fields of(String value) {
        Fields written = Fields.builder().put("before", "").put("x", value).build();
        Frame request = Frame.request(1, written);
        ByteBuffer header = ByteBuffer.wrap(HeaderEncoder.encode(request));
        Fields read = DECODER.decode(HeaderFormat.JSON, header).fields();
        assertThat(read).isEqualTo(written).hasSameHashCodeAs(written).hasToString("" + written);
        return read;
    }

    @Test
    void shouldGiveWhatWasPut() {
        // given
        Fields fields =
                Fields.builder().put("s", "text").put("n", Long.MIN_VALUE).put("b", true).build();

        // when, then
        assertThat(fields.size()).isEqualTo(3);
        assertThat(fields.has("s")).isTrue();
        assertThat(fields.has("S")).isFalse();
        assertThat(fields.text("s")).isEqualTo("text");
        assertThat(fields.text("s", "other")).isEqualTo("text");
        assertThat(fields.number("n")).isEqualTo(Long.MIN_VALUE);
        assertThat(fields.number("n", 1)).isEqualTo(Long.MIN_VALUE);
        assertThat(fields.truth("b", false)).isTrue();
    }

    @Test
    void shouldGiveTheFallbackOnlyWhenThereIsNoSuchField() {
        // given
        Fields fields = Fields.NONE;

        // when, then
        assertThat(fields.text("x", "f")).isEqualTo("f");
        assertThat(fields.integer("x", 7)).isEqualTo(7);
        assertThat(fields.number("x", 8)).isEqualTo(8);
        assertThat(fields.truth("x", true)).isTrue();
        assertThatThrownBy(() -> fields.text("x"))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessage("header field x is missing");
        assertThatThrownBy(() -> fields.integer("x")).hasMessage("header field x is missing");
        assertThatThrownBy(() -> fields.number("x")).hasMessage("header field x is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1.0", "0x1", "1e3", "true", "99999999999999999999"})
    void shouldRefuseWhatIsNoNumber(String value) {
        // given
        Fields fields = of(value);

        // when, then
        assertThatThrownBy(() -> fields.integer("x"))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessage("header field x is not a 32-bit number: \"" + value + "\"");
        assertThatThrownBy(() -> fields.integer("x", 1)).hasMessageContaining("32-bit");
        assertThatThrownBy(() -> fields.number("x")).hasMessageContaining("64-bit");
        assertThatThrownBy(() -> fields.number("x", 1)).hasMessageContaining("64-bit");
    }

    @Test
    void shouldRefuseNumbersOutOfRange() {
        // when, then
        assertThat(of("2147483647").integer("x")).isEqualTo(Integer.MAX_VALUE);
        assertThat(of("-2147483648").integer("x")).isEqualTo(Integer.MIN_VALUE);
        assertThatThrownBy(() -> of("2147483648").integer("x")).hasMessageContaining("32-bit");
        assertThat(of("2147483648").number("x")).isEqualTo(1L << 31);
        assertThatThrownBy(() -> of("9223372036854775808").number("x"))
                .hasMessageContaining("64-bit");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "True, true", "false, false", "1, false", "'', false"})
    void shouldReadTruthValues(String value, boolean truth) {
        // when, then
        assertThat(of(value).truth("x", !truth)).isEqualTo(truth);
    }

    @Test
    void shouldReplaceAValueInItsPlace() {
        // given
        Fields.Builder builder = Fields.builder().put("a", "1").put("b", "2").put("a", "3");

        // when
        List<String> seen = new ArrayList<>();
        builder.build().forEach((name, value) -> seen.add(name + value));

        // then
        assertThat(seen).containsExactly("a3", "b2");
        assertThat(builder.size()).isEqualTo(2);
    }

    @Test
    void shouldNotChangeAfterItIsBuilt() {
        // given
        Fields.Builder builder = Fields.builder().put("a", "1");
        Fields built = builder.build();

        // when
        for (int i = 0; i < 100; i++) {
            builder.put("a" + i, i);
        }
        builder.put("a", "2");

        // then
        assertThat(built).isEqualTo(Fields.builder().put("a", "1").build());
        assertThat(builder.build().size()).isEqualTo(101);
        assertThat(builder.build().integer("a99")).isEqualTo(99);
    }

    @Test
    void shouldBeEqualWhenNamesAndValuesAre() {
        // given
        Fields one = of("1");

        // when, then
        assertThat(one).isEqualTo(of("1")).hasSameHashCodeAs(of("1")).isNotEqualTo(of("2"));
        assertThat(Fields.builder().build()).isSameAs(Fields.NONE);
    }

    @Test
    void shouldShowItselfOnOneLine() {
        // given: a stranger's text must not begin a new line in our log
        Fields fields = Fields.builder().put("a\r", "b\nERROR all is lost").build();

        // when, then
        assertThat(fields.toString()).isEqualTo("{\"a?\"=\"b?ERROR all is lost\"}");
    }
}
