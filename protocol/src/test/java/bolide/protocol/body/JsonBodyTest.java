package bolide.protocol.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.frame.InvalidRequestException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
    @Test
    void shouldTurnMalformedBodiesIntoRefusals() {
        // given
        ByteBuffer body = Golden.utf8("[\"a\",1]");

        // when, then
        assertThatThrownBy(() -> JsonBody.read(body, "a list", JsonBody::readTexts))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessage("body is not a list: expected a text but found \"1]\"");
        assertThatThrownBy(() -> JsonBody.read(Golden.utf8("[] x"), "a list", JsonBody::readTexts))
                .isExactlyInstanceOf(InvalidRequestException.class);
        assertThat(JsonBody.read(Golden.utf8("null"), "a list", JsonBody::readTexts)).isEmpty();
        assertThat(JsonBody.read(Golden.utf8("[\"a\",null]"), "a list", JsonBody::readTexts))
                .containsExactly("a", "");
    }
}
