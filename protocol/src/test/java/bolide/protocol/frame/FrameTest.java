package bolide.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests, their answers, and the numbers in them. */
class FrameTest {
    @ParameterizedTest
    @EnumSource
    void shouldAnswerInTheFormatAndWithTheNumberOfTheRequest(HeaderFormat format) {
        // given
        Frame request =
                new Frame(format, 34, Language.GO, 399, -5, 0, "", Fields.NONE, Frame.emptyBody());

        // when
        Frame answer = request.answer(17, "no such topic", Fields.NONE, Golden.utf8("body"));

        // then
        assertThat(answer)
                .isEqualTo(
                        new Frame(
                                format,
                                17,
                                Language.JAVA,
                                Version.OURS,
                                -5,
                                1,
                                "no such topic",
                                Fields.NONE,
                                Golden.utf8("body")));
        assertThat(answer.isResponse()).isTrue();
        assertThat(answer.isOneWay()).isFalse();
    }

    @Test
    void shouldMarkOneWayRequests() {
        // given
        Frame request = Frame.request(15, Fields.NONE);

        // when
        Frame oneWay = request.asOneWay();

        // then
        assertThat(request.isOneWay()).isFalse();
        assertThat(oneWay.flag()).isEqualTo(2);
        assertThat(oneWay.isOneWay()).isTrue();
        assertThat(oneWay.isResponse()).isFalse();
    }

    @Test
    void shouldChangeOneThingAndKeepTheRest() {
        // given
        Frame request = Frame.request(10, Fields.builder().put("a", "b").build());

        // when
        Frame changed = request.withOpaque(8).withBody(Golden.utf8("x"));

        // then
        assertThat(changed.opaque()).isEqualTo(8);
        assertThat(changed.body()).isEqualTo(Golden.utf8("x"));
        assertThat(changed.withOpaque(0).withBody(Frame.emptyBody())).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA, 0",
        "CPP, 1",
        "DOTNET, 2",
        "PYTHON, 3",
        "DELPHI, 4",
        "ERLANG, 5",
        "RUBY, 6",
        "OTHER, 7",
        "HTTP, 8",
        "GO, 9",
        "PHP, 10",
        "OMS, 11",
        "RUST, 12",
        "NODE_JS, 13"
    })
    void shouldKnowLanguagesByNameAndCode(String name, int code) {
        // when, then
        assertThat(Language.ofName(name).name()).isEqualTo(name);
        assertThat(Language.ofCode(code)).isEqualTo(Language.ofName(name));
        assertThat(Language.ofName(name).ordinal()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"14", "255", "-1"})
    void shouldTakeUnknownLanguageCodesForOther(int code) {
        // when, then
        assertThat(Language.ofCode(code)).isEqualTo(Language.OTHER);
    }

    @Test
    void shouldCountVersionsAsPeersDo() {
        // when, then
        assertThat(Version.V4_9_4).isEqualTo(213 + 20 * 9 + 2 * 4);
        assertThat(Version.V5_0_0).isEqualTo(413);
        assertThat(Version.OURS).isEqualTo(413 + 20 * 5);
    }
}
