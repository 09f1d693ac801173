package bolide.client.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private final Message message = Message.of("orders", new byte[1]);

    @Test
    void shouldCarryWhatItIsGiven() {
        // given / when
        Message full =
                message.withTag("paid")
                        .withKeys("a", "b")
                        .withProperty("x", "1")
                        .withProperty("y", "2")
                        .withOrderingKey("k");

        // then
        assertThat(full.tag()).isEqualTo("paid");
        assertThat(full.keys()).containsExactly("a", "b");
        assertThat(full.properties()).containsEntry("x", "1").containsEntry("y", "2");
        assertThat(full.orderingKey()).isEqualTo("k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNIQ_KEY", "TAGS", "TRAN_MSG", "PGROUP", "__CRC32#", ""})
    void shouldRefuseReservedProperties(String name) {
        // given / when / then
        assertThatThrownBy(() -> message.withProperty(name, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWhatCouldNotBeReadBack() {
        // given / when / then
        assertThatThrownBy(() -> message.withTag("a\u0001b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message.withProperty("a", "b\u0002"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message.withKeys("two words"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two words");
        assertThatThrownBy(() -> Message.of("../x", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
